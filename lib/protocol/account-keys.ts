/**
 * What a password becomes, in the browser of whoever typed it. Rules: the server
 * is given the sign-in key and nothing else; neither key leads to the other, nor
 * back to the stretched password.
 */
import {
  toSignInKey,
  toStretchedPassphrase,
  toVaultKey,
  type SignInKey,
  type StretchedPassphrase,
  type VaultKey,
} from './bytes';
import { LABELS, SIGN_IN_KEY_BYTES, VAULT_KEY_BYTES } from './constants';
import { deriveBytes } from './hkdf';

export interface AccountKeys {
  readonly signInKey: SignInKey;
  readonly vaultKey: VaultKey;
}

/**
 * Derives the two keys of an account (specification: Accounts).
 *
 * @param stretchedPassword 32 bytes: the password, stretched as a passphrase is
 *   (passphrase.ts) with the account's own salt
 * @throws ProtocolError bad_length
 */
export async function deriveAccountKeys(
  stretchedPassword: StretchedPassphrase,
): Promise<AccountKeys> {
  const keyMaterial = toStretchedPassphrase(stretchedPassword);
  const [signInKey, vaultKey] = await Promise.all([
    deriveBytes(keyMaterial, LABELS.signIn, SIGN_IN_KEY_BYTES),
    deriveBytes(keyMaterial, LABELS.vault, VAULT_KEY_BYTES),
  ]);
  return { signInKey: toSignInKey(signInKey), vaultKey: toVaultKey(vaultKey) };
}
