/** A copy with one bit changed; `bit` counts from the first byte's highest. */
export function withBitFlipped(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  const index = bit >> 3;
  flipped.writeUInt8(flipped.readUInt8(index) ^ (0x80 >> (bit & 7)), index);
  return flipped;
}

/**
 * The same bytes in a second spelling: the last character's lowest bit, which
 * carries nothing, set. For texts whose length leaves spare bits.
 */
export function withSpareBit(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.slice(-1)) + 1);
}
