import { encodeBase64url } from '@/lib/protocol/base64url';
import type { VaultResult } from './outcomes';
import type { AccountDesk } from './ports';

/** One's own vault, still wrapped: only the password opens it, in the browser. */
export async function readOwnVault(desk: AccountDesk, accountId: string): Promise<VaultResult> {
  const vault = await desk.store.findVault(accountId);
  if (vault === null) return { status: 'refused', refusal: 'sign_in_required' };
  return {
    status: 'found',
    accountId,
    salt: encodeBase64url(vault.passwordSalt),
    publicKey: encodeBase64url(vault.publicKey),
    seedByPassword: encodeBase64url(vault.seedByPassword),
    lockMinutes: vault.lockMinutes,
  };
}
