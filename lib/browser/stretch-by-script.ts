/**
 * Argon2id in plain JavaScript, byte for byte the same: for browsers that refuse WebAssembly, which
 * takes them some ten times as long, and for pages that get no worker.
 */
import { argon2idAsync } from '@noble/hashes/argon2.js';
import type { PassphraseLock } from '@/lib/protocol/passphrase';

/** Milliseconds of work between two moments in which the page can answer. */
const SLICE_MS = 20;

/**
 * @param passphraseBytes normalised UTF-8
 * @throws DOMException AbortError, and RangeError where there is no room
 */
export function stretchByScript(
  passphraseBytes: Uint8Array,
  lock: PassphraseLock,
  outputBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  return argon2idAsync(passphraseBytes, lock.salt, {
    m: lock.memoryKiB,
    t: lock.passes,
    p: lock.lanes,
    dkLen: outputBytes,
    asyncTick: SLICE_MS,
    onProgress: () => signal?.throwIfAborted(),
  });
}
