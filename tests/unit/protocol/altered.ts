/**
 * Every copy of some bytes with exactly one bit changed; with a stride, that of
 * every so many bits, for what is too long or too slow to try all of.
 */
export function everyBitFlip(bytes: Uint8Array, stride = 1): Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: Math.ceil((bytes.length * 8) / stride) }, (_, step) => {
    const bit = step * stride;
    const flipped = new Uint8Array(bytes);
    const index = bit >> 3;
    flipped[index] = (flipped[index] ?? 0) ^ (1 << (bit & 7));
    return flipped;
  });
}

/** A whole number from 0 to `limit`, for random round trips. */
export function randomUpTo(limit: number): number {
  return Math.floor(Math.random() * (limit + 1));
}
