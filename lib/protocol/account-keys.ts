import {
  toSignInKey,
  toStretchedPassphrase,
  toVaultKey,
  type SignInKey,
  type VaultKey,
} from './bytes';
import { LABELS, SIGN_IN_KEY_BYTES, VAULT_KEY_BYTES } from './constants';
import { deriveBytes } from './hkdf';

export interface AccountKeys {
  readonly signInKey: SignInKey;
  readonly vaultKey: VaultKey;
}

export async function deriveAccountKeys(stretchedPassword: Uint8Array): Promise<AccountKeys> {
  const keyMaterial = toStretchedPassphrase(stretchedPassword);
  const [signInKey, vaultKey] = await Promise.all([
    deriveBytes(keyMaterial, LABELS.signIn, SIGN_IN_KEY_BYTES),
    deriveBytes(keyMaterial, LABELS.vault, VAULT_KEY_BYTES),
  ]);
  return { signInKey: toSignInKey(signInKey), vaultKey: toVaultKey(vaultKey) };
}
