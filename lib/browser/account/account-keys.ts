import { deriveAccountKeys, type AccountKeys } from '@/lib/protocol/account-keys';
import { toStretchedPassphrase } from '@/lib/protocol/bytes';
import { ARGON2 } from '@/lib/protocol/constants';
import { normalizePassphrase } from '@/lib/protocol/passphrase';
import { stretchInBrowser } from '../stretch-passphrase';

export type { AccountKeys };

/**
 * What a password becomes here: the key that signs in, and the one that wraps
 * the vault, which never leaves this browser.
 *
 * @param salt 16 bytes
 * @throws BrowserTrouble 'stretching_failed' | 'cancelled'
 */
export async function deriveKeysOfPassword(
  password: string,
  salt: Uint8Array,
  signal?: AbortSignal,
): Promise<AccountKeys> {
  const lock = { profile: 'verbatim', salt, ...ARGON2 } as const;
  const bytes = normalizePassphrase(password, lock.profile);
  const stretched = await stretchInBrowser(bytes, lock, signal);
  return deriveAccountKeys(toStretchedPassphrase(stretched));
}
