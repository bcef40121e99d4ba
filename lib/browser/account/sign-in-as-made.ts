import type { VaultResult } from '@/lib/accounts/outcomes';
import { askServer } from '../ask-server';
import { keepVault } from '../vault/vault-memory';
import type { MadeAccount } from './make-account';
import { presentSignInKey } from './sign-in-here';

/**
 * Signs in with the password that was just set, without stretching it again, and keeps its vault open.
 *
 * @returns whether it did. @throws BrowserTrouble
 */
export async function signInAsMade(
  email: string,
  { signInKey, vault }: Pick<MadeAccount, 'signInKey' | 'vault'>,
  readOwnVault: (form: FormData) => Promise<VaultResult>,
): Promise<boolean> {
  if ((await presentSignInKey(email, signInKey, '')) !== null) return false;
  const own = await askServer('readOwnVault', () => readOwnVault(new FormData()));
  if (own.status === 'found') await keepVault(own.accountId, vault, own);
  return true;
}
