import { describe, expect, it, vi } from 'vitest';
import { decodeBase64url, encodeBase64url, randomBytes } from '@/lib/protocol/bytes';
import { refusalOf } from './refusal';

// Thousands of small operations: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describe('base64url', () => {
  it('gives back any bytes, and agrees with the platform', () => {
    for (let length = 0; length < 300; length += 1) {
      const bytes = randomBytes(length);
      const text = encodeBase64url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect(decodeBase64url(text)).toEqual(bytes);
      expect(decodeBase64url(text, length)).toEqual(bytes);
    }
  });

  it('gives back a megabyte', () => {
    const bytes = new Uint8Array(1_048_583).map((_, index) => index * 31);
    expect(Buffer.from(decodeBase64url(encodeBase64url(bytes))).equals(bytes)).toBe(true);
  });

  it.each([
    [1, 'A', 4],
    [2, 'AA', 16],
    [3, 'AAA', 64],
  ])('has one spelling for %d bytes', async (_bytes, start, spellings) => {
    const accepted: string[] = [];
    for (const last of ALPHABET) {
      if ((await refusalOf(() => decodeBase64url(start + last))) !== 'accepted') continue;
      accepted.push(start + last);
    }
    // What 8 and 16 bits leave of their last character must be zero; 24 leave nothing.
    expect(accepted).toHaveLength(spellings);
    expect(accepted.map((text) => encodeBase64url(decodeBase64url(text)))).toEqual(accepted);
  });

  it('accepts no character but its 64', async () => {
    const accepted: string[] = [];
    for (let code = 0; code < 0x300; code += 1) {
      const character = String.fromCharCode(code);
      const outcome = await refusalOf(() => decodeBase64url(`AAA${character}`));
      if (outcome === 'accepted') accepted.push(character);
      else expect(outcome).toBe('bad_base64url');
    }
    expect(accepted.join('')).toMatch(/^[-0-9A-Z_a-z]{64}$/);
  });

  it('looks at no character of a text that has the wrong length', async () => {
    expect(await refusalOf(() => decodeBase64url('!'.repeat(1000), 16))).toBe('bad_length');
  });
});
