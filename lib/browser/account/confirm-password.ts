import type { VaultResult } from '@/lib/accounts/outcomes';
import { decodeBase64url, encodeBase64url } from '@/lib/protocol/base64url';
import { SALT_BYTES } from '@/lib/protocol/constants';
import type { RefusalCode } from '@/lib/refusal-code';
import { askServer } from '../ask-server';
import { tellWrongPassword } from '../vault/tell-wrong-password';
import { unlockVaultWith } from '../vault/unlock-vault';
import type { OpenVault } from '../vault/vault-memory';
import { deriveKeysOfPassword } from './account-keys';

export type ConfirmedPassword =
  | {
      /** base64url: proves the password to the server. */
      readonly signInKey: string;
      readonly vault: OpenVault;
    }
  | { readonly refusal: RefusalCode };

/**
 * Asks whoever sits here for the password again: opens the vault with it, and
 * gives what the server wants to see of it.
 *
 * @throws BrowserTrouble
 */
export async function confirmPassword(
  readOwnVault: (form: FormData) => Promise<VaultResult>,
  password: string,
  signal: AbortSignal,
): Promise<ConfirmedPassword> {
  const sealed = await askServer('readOwnVault', () => readOwnVault(new FormData()));
  if (sealed.status === 'refused') return { refusal: sealed.refusal };
  const salt = decodeBase64url(sealed.salt, SALT_BYTES);
  const keys = await deriveKeysOfPassword(password, salt, signal);
  const vault = await unlockVaultWith(sealed, keys);
  if (vault === null) return { refusal: await tellWrongPassword(readOwnVault, keys) };
  return { signInKey: encodeBase64url(keys.signInKey), vault };
}
