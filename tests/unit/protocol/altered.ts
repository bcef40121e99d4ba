/** Every copy of some bytes with exactly one bit changed. */
export function everyBitFlip(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
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
