import { describe, expect, it, vi } from 'vitest';
import { randomBytes } from '@/lib/protocol/bytes';
import { MAX_ENVELOPE_BYTES } from '@/lib/protocol/constants';
import { isPaddedLength, pad, paddedLength, unpad } from '@/lib/protocol/envelope';
import { refusalOf } from './refusal';

// Thousands of small operations: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe('padding', () => {
  it('gives back content of any length', () => {
    for (let length = 0; length < 2000; length += 1) {
      const content = randomBytes(length);
      expect(Buffer.from(unpad(pad(content))).equals(content)).toBe(true);
    }
  });

  it('never grows with less content, holds its content, and costs at most 12 % above the floor', () => {
    let last = 0;
    for (let length = 0; length <= MAX_ENVELOPE_BYTES; length += 1) {
      const padded = paddedLength(length);
      const needed = Math.max(256, length + 4);
      if (padded < last || padded < needed || padded > needed * 1.12) {
        throw new Error(`${length} bytes are padded to ${padded}`);
      }
      last = padded;
    }
  });

  it('leaves few lengths to tell apart', () => {
    const lengths = new Set<number>();
    for (let length = 0; length <= MAX_ENVELOPE_BYTES; length += 1) {
      lengths.add(paddedLength(length));
    }
    expect(lengths.size).toBeLessThan(260);
    for (let length = 0; length < 1_200_000; length += 1) {
      if (isPaddedLength(length) !== lengths.has(length)) throw new Error(`length ${length}`);
    }
  });

  it('has one form: filler, length and total are refused when any byte of them is otherwise', async () => {
    const content = randomBytes(20);
    const padded = pad(content);
    for (let index = 0; index < padded.length; index += 1) {
      if (index >= 4 && index < 24) continue;
      const altered = new Uint8Array(padded);
      altered[index] = 1;
      const outcome = await refusalOf(() => unpad(altered));
      // A shorter content is refused by what is left of it, which is then filler.
      expect(outcome).toBe('bad_padding');
    }
  });

  it('is refused by what is read from a larger buffer', () => {
    const padded = pad(randomBytes(5));
    const pool = Buffer.concat([Buffer.alloc(9, 1), padded]).subarray(9);
    expect(unpad(pool)).toEqual(unpad(padded));
  });

  it('refuses more content than a message may have', async () => {
    expect(await refusalOf(() => paddedLength(MAX_ENVELOPE_BYTES + 1))).toBe('too_large');
    expect(await refusalOf(() => pad(new Uint8Array(MAX_ENVELOPE_BYTES + 1)))).toBe('too_large');
  });
});
