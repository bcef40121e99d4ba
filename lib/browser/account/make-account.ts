import { encodeBase64url } from '@/lib/protocol/base64url';
import { randomBytes } from '@/lib/protocol/bytes';
import { SALT_BYTES } from '@/lib/protocol/constants';
import {
  createRecoveryCode,
  deriveRecoveryKey,
  readRecoveryCode,
} from '@/lib/protocol/recovery-code';
import { createVault, wrapVaultSeed } from '@/lib/protocol/vault';
import type { OpenVault } from '../vault/vault-memory';
import { deriveKeysOfPassword } from './account-keys';

export interface MadeAccount {
  /** What the server may have: salt, sign-in key, public key, and the seed wrapped twice. */
  readonly form: FormData;
  /** For the person, once. */
  readonly recoveryCode: string;
  readonly vault: OpenVault;
  /** Signs in with the new password without stretching it again. */
  readonly signInKey: Uint8Array;
}

/**
 * A new password with a new vault: for a new account, or one whose vault is lost.
 *
 * @throws BrowserTrouble 'stretching_failed' | 'cancelled'
 * @see lib/protocol/README.md, Accounts and vaults
 */
export async function makeAccount(password: string, signal?: AbortSignal): Promise<MadeAccount> {
  const vault = await createVault();
  return wrapForPassword(vault, password, signal);
}

/** A new password, and a new recovery code, for the vault that there is. */
export async function wrapForPassword(
  vault: OpenVault,
  password: string,
  signal?: AbortSignal,
): Promise<MadeAccount> {
  const { form, signInKey } = await rewrapForPassword(vault, password, signal);
  const { recoveryCode, seedByRecovery } = await wrapForRecovery(vault);
  form.set('vaultSeedByRecovery', encodeBase64url(seedByRecovery));
  return { form, recoveryCode, vault, signInKey };
}

/** A new password for the vault that there is, whose recovery code stays as it was. */
export async function rewrapForPassword(
  { seed, publicKey }: OpenVault,
  password: string,
  signal?: AbortSignal,
): Promise<Pick<MadeAccount, 'form' | 'signInKey'>> {
  const salt = randomBytes(SALT_BYTES);
  const { signInKey, vaultKey } = await deriveKeysOfPassword(password, salt, signal);
  const seedByPassword = await wrapVaultSeed(vaultKey, 'password', seed, publicKey);
  const form = new FormData();
  form.set('salt', encodeBase64url(salt));
  form.set('signInKey', encodeBase64url(signInKey));
  form.set('vaultPublicKey', encodeBase64url(publicKey));
  form.set('vaultSeedByPassword', encodeBase64url(seedByPassword));
  return { form, signInKey };
}

/** A new recovery code for the vault that there is: the one before opens nothing any more. */
export async function wrapForRecovery({
  seed,
  publicKey,
}: OpenVault): Promise<{ readonly recoveryCode: string; readonly seedByRecovery: Uint8Array }> {
  const recoveryCode = await createRecoveryCode();
  const recoveryKey = await deriveRecoveryKey(await readRecoveryCode(recoveryCode));
  return {
    recoveryCode,
    seedByRecovery: await wrapVaultSeed(recoveryKey, 'recovery', seed, publicKey),
  };
}
