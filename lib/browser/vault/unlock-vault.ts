/**
 * What opens a vault in this browser: its password, or its recovery code. Neither leaves it: the
 * server gets the sign-in key that the password comes to, which opens nothing.
 *
 * @see lib/protocol/README.md, Accounts and vaults
 */
import type { VaultResult } from '@/lib/accounts/outcomes';
import type { RecoveryView } from '@/lib/accounts/views';
import { deriveAccountKeys, type AccountKeys } from '@/lib/protocol/keys';
import { decodeBase64url, encodeBase64url, toVaultPublicKey } from '@/lib/protocol/bytes';
import { ARGON2, SALT_BYTES } from '@/lib/protocol/constants';
import { ProtocolError } from '@/lib/protocol/errors';
import { normalizePassphrase } from '@/lib/protocol/passphrase';
import { deriveRecoveryKey, readRecoveryCode } from '@/lib/protocol/codes';
import { unwrapVaultSeed } from '@/lib/protocol/vault';
import type { RefusalCode } from '@/lib/refusal-code';
import { askServer } from '../ask-server';
import { stretchInBrowser } from '../stretch-passphrase';
import { keepVault, type OpenVault } from './vault-memory';

type SealedVault = Extract<VaultResult, { status: 'found' }>;
type ReadOwnVault = (form: FormData) => Promise<VaultResult>;

export type ConfirmedPassword =
  | {
      /** base64url: proves the password to the server. */
      readonly signInKey: string;
      readonly vault: OpenVault;
    }
  | { readonly refusal: RefusalCode };

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
  return deriveAccountKeys(stretched);
}

/**
 * Asks for the password again: opens the vault with it, and
 * gives what the server wants to see of it.
 *
 * @throws BrowserTrouble
 */
export async function confirmPassword(
  readOwnVault: ReadOwnVault,
  password: string,
  signal: AbortSignal,
): Promise<ConfirmedPassword> {
  const sealed = await askServer('readOwnVault', () => readOwnVault(new FormData()));
  if (sealed.status === 'refused') return { refusal: sealed.refusal };
  return openSealed(readOwnVault, sealed, password, signal);
}

/**
 * Opens the vault with its password and leaves it open in this browser.
 *
 * @returns why not: a wrong password, which the server hears of
 * @throws BrowserTrouble 'stretching_failed' | 'cancelled'
 */
export async function unlockVault(
  readOwnVault: ReadOwnVault,
  sealed: SealedVault,
  password: string,
  signal: AbortSignal,
): Promise<RefusalCode | null> {
  const opened = await openSealed(readOwnVault, sealed, password, signal);
  // Whatever the server makes of the next one: here the right password opens at once.
  return 'refusal' in opened ? 'password_wrong' : null;
}

async function openSealed(
  readOwnVault: ReadOwnVault,
  sealed: SealedVault,
  password: string,
  signal: AbortSignal,
): Promise<ConfirmedPassword> {
  const salt = decodeBase64url(sealed.salt, SALT_BYTES);
  const keys = await deriveKeysOfPassword(password, salt, signal);
  const signInKey = encodeBase64url(keys.signInKey);
  const vault = await unlockVaultWith(sealed, keys);
  if (vault === null) return { refusal: await tellWrongPassword(readOwnVault, signInKey) };
  return { signInKey, vault };
}

/**
 * Tells the server that a password did not open the vault here: it counts that as a try, of which the
 * account's person hears. What it says of it, or where nothing can be heard, what is known here.
 */
async function tellWrongPassword(
  readOwnVault: ReadOwnVault,
  signInKey: string,
): Promise<RefusalCode> {
  const form = new FormData();
  form.set('signInKey', signInKey);
  const answer = await askServer('readOwnVault', () => readOwnVault(form)).catch(() => null);
  return answer?.status === 'refused' ? answer.refusal : 'password_wrong';
}

/**
 * Opens the vault with what its password came to already, and leaves it open in this browser.
 *
 * @returns null for a wrong password
 */
export async function unlockVaultWith(
  sealed: SealedVault,
  { vaultKey }: Pick<AccountKeys, 'vaultKey'>,
): Promise<OpenVault | null> {
  const publicKey = toVaultPublicKey(decodeBase64url(sealed.publicKey));
  const wrapped = decodeBase64url(sealed.seedByPassword);
  const seed = await nullIfWrong(() => unwrapVaultSeed(vaultKey, 'password', wrapped, publicKey));
  if (seed === null) return null;
  const vault = { seed, publicKey };
  await keepVault(sealed.accountId, vault, sealed);
  return vault;
}

/**
 * Opens a vault with its recovery code, and keeps nothing of it.
 *
 * @returns null for a wrong code
 */
export async function openByRecoveryCode(
  sealed: Pick<RecoveryView, 'vaultPublicKey' | 'vaultSeedByRecovery'>,
  code: string,
): Promise<OpenVault | null> {
  const publicKey = toVaultPublicKey(decodeBase64url(sealed.vaultPublicKey));
  const wrapped = decodeBase64url(sealed.vaultSeedByRecovery);
  const seed = await nullIfWrong(async () => {
    const recoveryKey = await deriveRecoveryKey(await readRecoveryCode(code));
    return unwrapVaultSeed(recoveryKey, 'recovery', wrapped, publicKey);
  });
  return seed && { seed, publicKey };
}

/** What the protocol refuses to open, it refuses for a wrong key; anything else is a fault and goes on. */
async function nullIfWrong<Opened>(open: () => Promise<Opened>): Promise<Opened | null> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
