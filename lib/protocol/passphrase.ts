/**
 * Passphrases, up to the point where Argon2id takes over. Argon2id itself is
 * injected (`StretchPassphrase`): native on the server, WebAssembly in the
 * browser, the same bytes from both. Rules: the cost is checked before any work
 * is spent on it; nothing is trimmed, so what was typed is what counts.
 */
import { randomBytes, utf8 } from './bytes';
import { ARGON2, MAX_PASSPHRASE_BYTES, SALT_BYTES } from './constants';
import { ProtocolError } from './errors';

/** What stands beside a message so that its passphrase can be stretched again. */
export interface PassphraseLock {
  /** 16 random bytes, new for every message */
  readonly salt: Uint8Array;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/**
 * Argon2id, version 0x13, over the normalised passphrase with the lock's salt
 * and cost; no secret and no associated data. 32 bytes.
 */
export type StretchPassphrase = (
  passphraseBytes: Uint8Array,
  lock: PassphraseLock,
) => Promise<Uint8Array>;

/**
 * Above this many UTF-16 units NFKC can't come to 1,024 bytes any more (it never
 * makes one byte of eight units), and normalising would be work for nothing.
 */
const MAX_PASSPHRASE_UNITS = 8 * MAX_PASSPHRASE_BYTES;

/**
 * NFKC, then UTF-8: é is the same whether typed as one code point or two. An
 * unpaired surrogate becomes U+FFFD, as it does when a form is submitted.
 *
 * @returns 1 to 1,024 bytes
 * @throws ProtocolError bad_passphrase if empty, too_large
 */
export function normalizePassphrase(text: string): Uint8Array<ArrayBuffer> {
  if (text.length > MAX_PASSPHRASE_UNITS) throw new ProtocolError('too_large');
  const bytes = utf8(text.normalize('NFKC'));
  if (bytes.length === 0) throw new ProtocolError('bad_passphrase');
  if (bytes.length > MAX_PASSPHRASE_BYTES) throw new ProtocolError('too_large');
  return bytes;
}

/** A lock for a new message: this version's cost and a new salt. */
export function createPassphraseLock(): PassphraseLock {
  return { salt: randomBytes(SALT_BYTES), ...ARGON2 };
}

/**
 * Accepts exactly the cost of this version: a weaker one would make guessing
 * cheap, a stronger one would let a stranger spend our memory.
 *
 * @returns the lock, with nothing else on it
 * @throws ProtocolError bad_length for the salt, bad_passphrase_cost
 */
export function checkPassphraseLock(lock: PassphraseLock): PassphraseLock {
  const { salt, memoryKiB, passes, lanes } = lock;
  if (salt.length !== SALT_BYTES) throw new ProtocolError('bad_length');
  if (memoryKiB !== ARGON2.memoryKiB || passes !== ARGON2.passes || lanes !== ARGON2.lanes) {
    throw new ProtocolError('bad_passphrase_cost');
  }
  return { salt, memoryKiB, passes, lanes };
}
