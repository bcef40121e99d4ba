/**
 * What the server itself keeps secret about accounts, derived from one key outside the database:
 * a copy of the database alone reads no second factor, no mail that waits, and forges no session.
 * Its file lies beside the keyring, and the key is never renewed, since what is kept under it
 * outlives every epoch of the keyring.
 */
import 'server-only';
import { z } from 'zod';
import { decodeBase64url, encodeBase64url, randomBytes } from '@/lib/protocol/bytes';
import { deriveBytes } from '@/lib/protocol/primitives';
import { withKeyringLock } from '../keyring/keyring-lock';
import { KeyringError, readPrivateFile, replacePrivateFile } from '../keyring/private-file';
import { once } from '../runtime';
import { settings } from '../settings';

/** What a derived key is for: its HKDF label, so no two uses share a key. */
export type AccountsKeyPurpose =
  | 'decoy salt'
  | 'totp'
  | 'second factor code'
  | 'next-auth'
  | 'mail'
  | 'limits'
  | 'guesses'
  | 'known browser'
  | 'idempotency';

const DERIVED_BYTES = 32;

/** Gives 32 bytes for a purpose, always the same ones. @throws KeyringError */
export type AccountsKey = (purpose: AccountsKeyPurpose) => Promise<Uint8Array<ArrayBuffer>>;

/** The accounts key in `file`, which is made at first use. */
export function createAccountsKey(file: string): AccountsKey {
  const derived = new Map<AccountsKeyPurpose, Promise<Uint8Array<ArrayBuffer>>>();
  return (purpose) => {
    const known = derived.get(purpose);
    if (known !== undefined) return known;
    const deriving = readOrMakeAccountsKey(file).then((key) =>
      deriveBytes(key, `sealpost v1 accounts ${purpose}`, DERIVED_BYTES),
    );
    derived.set(purpose, deriving);
    // A file that could not be read is looked at again at the next use.
    deriving.catch(() => derived.delete(purpose));
    return deriving;
  };
}

const ofThisInstance = once('accounts key', () =>
  createAccountsKey(`${settings().keyringFile}.accounts`),
);

/** A key of this instance: 32 bytes derived from the file `KEYRING_FILE.accounts`. */
export const accountsKey: AccountsKey = (purpose) => ofThisInstance()(purpose);

const ACCOUNTS_KEY_BYTES = 32;

const fileSchema = z.strictObject({ version: z.literal(1), key: z.string() });

/**
 * The accounts key, 32 bytes; made at first use, once, however many instances come at once.
 *
 * @throws KeyringError when the file cannot be used. It is left as it is then: another key in its
 * place would lock everybody out who has a second factor.
 */
async function readOrMakeAccountsKey(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const present = await readKey(file);
  if (present !== null) return present;
  return withKeyringLock(file, async (isHeld) => {
    const made = await readKey(file);
    if (made !== null) return made;
    const key = randomBytes(ACCOUNTS_KEY_BYTES);
    if (!isHeld()) throw new KeyringError(`The lock of ${file} was lost: try again.`);
    await replacePrivateFile(
      file,
      `${JSON.stringify({ version: 1, key: encodeBase64url(key) }, null, 2)}\n`,
    );
    return key;
  });
}

async function readKey(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const content = await readPrivateFile(file);
  if (content === null) return null;
  try {
    const { key } = fileSchema.parse(JSON.parse(content));
    return decodeBase64url(key, ACCOUNTS_KEY_BYTES);
  } catch {
    // Whatever was wrong with it, the reason may quote the key.
    throw new KeyringError(
      `${file} is not an accounts key of this version: restore it from a backup. It is left as it is.`,
    );
  }
}
