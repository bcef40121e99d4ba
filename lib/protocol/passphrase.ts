/**
 * Passphrases, up to the point where Argon2id takes over. Argon2id itself is
 * injected (`StretchPassphrase`): native on the server, WebAssembly in the
 * browser, the same bytes from both. Rules: the cost is checked before any work
 * is spent on it; what was typed is what counts, but for what the lock's profile
 * forgives, and the profile is bound to the ciphertext.
 */
import { concatBytes, randomBytes, uint32, utf8, type StretchedPassphrase } from './bytes';
import { ARGON2, MAX_PASSPHRASE_BYTES, PASSPHRASE_PROFILE_BYTE, SALT_BYTES } from './constants';
import { ProtocolError } from './errors';

/**
 * What typing may differ in. `verbatim`: in nothing. `words`: in case, and in what stands between
 * and around the words, as phones and copied text alter it.
 */
export type PassphraseProfile = keyof typeof PASSPHRASE_PROFILE_BYTE;

/** What stands beside a message so that its passphrase can be stretched again. */
export interface PassphraseLock {
  readonly profile: PassphraseProfile;
  /** 16 random bytes, new for every message */
  readonly salt: Uint8Array;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/**
 * Argon2id, version 0x13, over the normalised passphrase with the lock's salt
 * and cost; no secret and no associated data. Gives P.
 */
export type StretchPassphrase = (
  passphraseBytes: Uint8Array,
  lock: PassphraseLock,
) => Promise<StretchedPassphrase>;

/**
 * Above this many UTF-16 units NFKC can't come to 1,024 bytes any more (it never
 * makes one byte of eight units), and normalising would be work for nothing.
 */
const MAX_PASSPHRASE_UNITS = 8 * MAX_PASSPHRASE_BYTES;

/** White space, hyphens, dashes, underscores, dots and commas (specification, section 5, step 3). */
const SEPARATORS =
  /[\u0009-\u000d\u0020\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff\u002d\u00ad\u2010-\u2015\u2212_.,]+/g;

/**
 * NFKC, what the profile forgives, then UTF-8: é is the same whether typed as one code point or
 * two. An unpaired surrogate becomes U+FFFD, as it does when a form is submitted.
 *
 * @returns 1 to 1,024 bytes
 * @throws ProtocolError bad_passphrase if empty, too_large
 */
export function normalizePassphrase(
  text: string,
  profile: PassphraseProfile,
): Uint8Array<ArrayBuffer> {
  if (text.length > MAX_PASSPHRASE_UNITS) throw new ProtocolError('too_large');
  const normalized = text.normalize('NFKC');
  const bytes = utf8(profile === 'words' ? foldWords(normalized) : normalized);
  if (bytes.length === 0) throw new ProtocolError('bad_passphrase');
  if (bytes.length > MAX_PASSPHRASE_BYTES) throw new ProtocolError('too_large');
  return bytes;
}

function foldWords(text: string): string {
  return text
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(SEPARATORS, '-')
    .replace(/^-|-$/g, '');
}

/** A lock for a new message: this version's cost and a new salt. */
export function createPassphraseLock(profile: PassphraseProfile): PassphraseLock {
  return { profile, salt: randomBytes(SALT_BYTES), ...ARGON2 };
}

/**
 * Accepts exactly the cost of this version: a weaker one would make guessing
 * cheap, a stronger one would let a stranger spend our memory.
 *
 * @returns the lock, with nothing else on it
 * @throws ProtocolError bad_length for the salt, bad_passphrase_cost
 */
export function checkPassphraseLock(lock: PassphraseLock): PassphraseLock {
  const { profile, salt, memoryKiB, passes, lanes } = lock;
  if (salt.length !== SALT_BYTES) throw new ProtocolError('bad_length');
  if (memoryKiB !== ARGON2.memoryKiB || passes !== ARGON2.passes || lanes !== ARGON2.lanes) {
    throw new ProtocolError('bad_passphrase_cost');
  }
  return { profile, salt, memoryKiB, passes, lanes };
}

/**
 * How a lock is bound in associated data: 0x00 without a passphrase; else its profile (0x01
 * verbatim, 0x02 words), salt, and the cost as three uint32.
 *
 * @throws ProtocolError bad_length, bad_passphrase_cost
 */
export function encodeLock(lock: PassphraseLock | null): Uint8Array<ArrayBuffer> {
  if (lock === null) return Uint8Array.of(0);
  const { profile, salt, memoryKiB, passes, lanes } = checkPassphraseLock(lock);
  return concatBytes(
    Uint8Array.of(PASSPHRASE_PROFILE_BYTE[profile]),
    salt,
    uint32(memoryKiB),
    uint32(passes),
    uint32(lanes),
  );
}
