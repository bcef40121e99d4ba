import type { VaultResult } from '@/lib/accounts/outcomes';
import { encodeBase64url } from '@/lib/protocol/base64url';
import type { RefusalCode } from '@/lib/refusal-code';
import type { AccountKeys } from '../account/account-keys';
import { askServer } from '../ask-server';

/**
 * Tells the server that a password did not open the vault here: it counts that as a try, of which the
 * account's person hears. What it says of it, or where nothing can be heard, what is known here.
 */
export async function tellWrongPassword(
  readOwnVault: (form: FormData) => Promise<VaultResult>,
  { signInKey }: Pick<AccountKeys, 'signInKey'>,
): Promise<RefusalCode> {
  const form = new FormData();
  form.set('signInKey', encodeBase64url(signInKey));
  const answer = await askServer('readOwnVault', () => readOwnVault(form)).catch(() => null);
  return answer?.status === 'refused' ? answer.refusal : 'password_wrong';
}
