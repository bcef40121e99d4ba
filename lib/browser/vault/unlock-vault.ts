import type { VaultResult } from '@/lib/accounts/outcomes';
import { decodeBase64url } from '@/lib/protocol/base64url';
import { toVaultPublicKey } from '@/lib/protocol/bytes';
import { SALT_BYTES } from '@/lib/protocol/constants';
import { ProtocolError } from '@/lib/protocol/errors';
import { unwrapVaultSeed } from '@/lib/protocol/vault';
import { deriveKeysOfPassword, type AccountKeys } from '../account/account-keys';
import { keepVault, type OpenVault } from './vault-memory';

type SealedVault = Extract<VaultResult, { status: 'found' }>;

/**
 * Opens the vault with its password and leaves it open in this browser.
 *
 * @returns null for a wrong password
 * @throws BrowserTrouble 'stretching_failed' | 'cancelled'
 */
export async function unlockVault(
  sealed: SealedVault,
  password: string,
  signal: AbortSignal,
): Promise<OpenVault | null> {
  const salt = decodeBase64url(sealed.salt, SALT_BYTES);
  return unlockVaultWith(sealed, await deriveKeysOfPassword(password, salt, signal));
}

/** The same with what the password came to already. */
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
