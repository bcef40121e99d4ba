import type { VaultResult } from '@/lib/accounts/outcomes';
import { decodeBase64url } from '@/lib/protocol/base64url';
import { toVaultPublicKey } from '@/lib/protocol/bytes';
import { SALT_BYTES } from '@/lib/protocol/constants';
import { ProtocolError } from '@/lib/protocol/errors';
import { unwrapVaultSeed } from '@/lib/protocol/vault';
import type { RefusalCode } from '@/lib/refusal-code';
import { deriveKeysOfPassword, type AccountKeys } from '../account/account-keys';
import { tellWrongPassword } from './tell-wrong-password';
import { keepVault, type OpenVault } from './vault-memory';

type SealedVault = Extract<VaultResult, { status: 'found' }>;

/**
 * Opens the vault with its password and leaves it open in this browser.
 *
 * @returns why not: a wrong password, which the server hears of
 * @throws BrowserTrouble 'stretching_failed' | 'cancelled'
 */
export async function unlockVault(
  readOwnVault: (form: FormData) => Promise<VaultResult>,
  sealed: SealedVault,
  password: string,
  signal: AbortSignal,
): Promise<RefusalCode | null> {
  const salt = decodeBase64url(sealed.salt, SALT_BYTES);
  const keys = await deriveKeysOfPassword(password, salt, signal);
  if ((await unlockVaultWith(sealed, keys)) !== null) return null;
  await tellWrongPassword(readOwnVault, keys);
  // Whatever the server makes of the next one: here the right password opens at once.
  return 'password_wrong';
}

/**
 * The same with what the password came to already.
 *
 * @returns null for a wrong one
 */
export async function unlockVaultWith(
  sealed: SealedVault,
  { vaultKey }: Pick<AccountKeys, 'vaultKey'>,
): Promise<OpenVault | null> {
  const publicKey = toVaultPublicKey(decodeBase64url(sealed.publicKey));
  try {
    const wrapped = decodeBase64url(sealed.seedByPassword);
    const seed = await unwrapVaultSeed(vaultKey, 'password', wrapped, publicKey);
    const vault = { seed, publicKey };
    await keepVault(sealed.accountId, vault, sealed);
    return vault;
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
