/**
 * What a browser makes for an account, and what of it the server may have. None of it is known to
 * anyone else before it is posted.
 */
import type { AccountKeys } from '@/lib/protocol/keys';
import { encodeBase64url, randomBytes } from '@/lib/protocol/bytes';
import { SALT_BYTES } from '@/lib/protocol/constants';
import {
  createRecoveryCode,
  deriveRecoveryKey,
  drawCodeList,
  hashListCode,
  readRecoveryCode,
} from '@/lib/protocol/codes';
import { createVault, wrapVaultSeed } from '@/lib/protocol/vault';
import { deriveKeysOfPassword } from '../vault/unlock-vault';
import type { OpenVault } from '../vault/vault-memory';

export interface MadeAccount {
  /** What the server may have: salt, sign-in key, public key, and the seed wrapped twice. */
  readonly form: FormData;
  /** For the person, once. */
  readonly recoveryCode: string;
  /** To sign in with the new password without stretching it again. */
  readonly keys: AccountKeys;
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
  const { form, keys } = await rewrapForPassword(vault, password, signal);
  const recoveryCode = await wrapForRecovery(vault, form);
  return { form, recoveryCode, keys };
}

/** A new password for the vault that there is, whose recovery code stays as it was. */
export async function rewrapForPassword(
  { seed, publicKey }: OpenVault,
  password: string,
  signal?: AbortSignal,
): Promise<Pick<MadeAccount, 'form' | 'keys'>> {
  const salt = randomBytes(SALT_BYTES);
  const keys = await deriveKeysOfPassword(password, salt, signal);
  const seedByPassword = await wrapVaultSeed(keys.vaultKey, 'password', seed, publicKey);
  const form = new FormData();
  form.set('salt', encodeBase64url(salt));
  form.set('signInKey', encodeBase64url(keys.signInKey));
  form.set('vaultPublicKey', encodeBase64url(publicKey));
  form.set('vaultSeedByPassword', encodeBase64url(seedByPassword));
  return { form, keys };
}

/**
 * A new recovery code for the vault that there is: the one before opens nothing any more.
 *
 * @param form gets what the server may have of it
 * @returns the code, for the person, once
 */
export async function wrapForRecovery(
  { seed, publicKey }: OpenVault,
  form: FormData,
): Promise<string> {
  const recoveryCode = await createRecoveryCode();
  const recoveryKey = await deriveRecoveryKey(await readRecoveryCode(recoveryCode));
  const seedByRecovery = await wrapVaultSeed(recoveryKey, 'recovery', seed, publicKey);
  form.set('vaultPublicKey', encodeBase64url(publicKey));
  form.set('vaultSeedByRecovery', encodeBase64url(seedByRecovery));
  return recoveryCode;
}

/**
 * A new list of codes that stand in for the second factor.
 *
 * @param accountId whose list it will be, a UUID
 * @param form gets what the server may have of it
 * @returns the codes, for the person, once
 */
export async function makeCodeList(accountId: string, form: FormData): Promise<readonly string[]> {
  const codes = drawCodeList();
  const hashes = await Promise.all(codes.map((code) => hashListCode(accountId, code)));
  form.set('codeHashes', JSON.stringify(hashes.map(encodeBase64url)));
  return codes;
}
