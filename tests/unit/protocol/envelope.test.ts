import { describe, expect, it } from 'vitest';
import { decodeEnvelope, encodeTextEnvelope } from '@/lib/protocol/envelope';
import { textOf } from '@/tests/support/envelopes';
import { refusalOf } from './refusal';

describe('envelope', () => {
  it('gives back any text to the letter', () => {
    const samples = [
      '\ufeffwith a byte order mark',
      ' spaces \t\r\n\n',
      '\u0000',
      'e\u0301 is not \u00e9',
      '\u{1f58b}\u200d\u{1f3fd}',
      '<script>alert(1)</script>',
      '\u202egnorw',
    ];
    for (const text of samples) {
      expect(textOf(decodeEnvelope(encodeTextEnvelope(text)))).toBe(text);
    }
  });

  it('refuses every version and kind but its own', async () => {
    for (let byte = 0; byte < 256; byte += 1) {
      const version = await refusalOf(() => decodeEnvelope(Uint8Array.of(byte, 1, 120)));
      expect(version).toBe(byte === 1 ? 'accepted' : 'bad_version');
      const kind = await refusalOf(() => decodeEnvelope(Uint8Array.of(1, byte, 120)));
      // What is a letter of a text is no count of fields.
      expect(kind).toBe(byte === 1 ? 'accepted' : 'bad_envelope');
    }
  });

  it('refuses bytes that are not UTF-8 rather than show something else', async () => {
    for (let byte = 0x80; byte < 256; byte += 1) {
      expect(await refusalOf(() => decodeEnvelope(Uint8Array.of(1, 1, byte)))).toBe('bad_envelope');
    }
  });

  it('counts bytes, not characters, up to exactly one MiB', async () => {
    const limit = 1_048_576;
    expect(await refusalOf(() => encodeTextEnvelope('x'.repeat(limit)))).toBe('accepted');
    expect(await refusalOf(() => encodeTextEnvelope('x'.repeat(limit + 1)))).toBe('too_large');
    expect(await refusalOf(() => encodeTextEnvelope('é'.repeat(limit / 2)))).toBe('accepted');
    expect(await refusalOf(() => encodeTextEnvelope('é'.repeat(limit / 2) + 'x'))).toBe(
      'too_large',
    );
    const received = new Uint8Array(limit + 3).fill(120);
    received.set([1, 1]);
    expect(await refusalOf(() => decodeEnvelope(received))).toBe('too_large');
  });
});
