/**
 * What the server itself keeps secret about accounts, derived from one key outside the database:
 * a copy of the database alone reads no second factor, no mail that waits, and forges no session.
 */
import { deriveBytes } from '@/lib/protocol/hkdf';
import { once } from '../runtime';
import { settings } from '../settings';
import { readOrMakeAccountsKey } from './accounts-key-file';
import 'server-only';

/** What a derived key is for: its HKDF label, so no two uses share a key. */
export type AccountsKeyPurpose =
  | 'decoy salt'
  | 'totp'
  | 'second factor code'
  | 'next-auth'
  | 'mail'
  | 'limits'
  | 'guesses'
  | 'known browser';

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
