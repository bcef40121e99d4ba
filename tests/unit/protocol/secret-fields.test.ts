import { describe, expect, it } from 'vitest';
import {
  decodeEnvelope,
  encodeEnvelope,
  encodeFieldsEnvelope,
  SECRET_FIELD_KINDS,
  type Envelope,
  type SecretField,
} from '@/lib/protocol/envelope';
import { refusalOf, refusalsOf } from './refusal';

const password: SecretField = { kind: 'password', label: 'Password', value: 'wax' };

describe('envelope of fields', () => {
  it('gives back any labels and values to the letter, in their order', () => {
    const texts = [
      '\ufeffwith a byte order mark',
      ' spaces \t\r\n\n',
      '\u0000',
      'e\u0301 is not \u00e9',
      '\u{1f58b}\u200d\u{1f3fd}',
      '<script>alert(1)</script>',
      '\u202egnorw',
    ];
    const fields = texts.flatMap((text, index): SecretField[] => [
      { kind: SECRET_FIELD_KINDS[index % 4] ?? 'text', label: text, value: '' },
      { kind: 'multiline', label: 'label', value: text },
    ]);
    const envelope: Envelope = { kind: 'fields', fields };
    expect(decodeEnvelope(encodeEnvelope(envelope))).toEqual(envelope);
  });

  it('is refused wherever it is cut, and with anything added', async () => {
    const envelope = encodeFieldsEnvelope([password, { ...password, kind: 'url' }]);
    const cuts = Array.from({ length: envelope.length }, (_, length) => envelope.slice(0, length));
    const counts = await refusalsOf(cuts.map((cut) => () => decodeEnvelope(cut)));
    expect(counts).toEqual({ bad_envelope: envelope.length });
    for (let byte = 0; byte < 256; byte += 1) {
      const longer = Uint8Array.of(...envelope, byte);
      expect(await refusalOf(() => decodeEnvelope(longer))).toBe('bad_envelope');
    }
  });

  it('has one spelling: whatever is accepted is written again as it was', () => {
    const envelope = encodeFieldsEnvelope([password]);
    for (let bit = 0; bit < envelope.length * 8; bit += 1) {
      const altered = envelope.slice();
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const read = readIfAccepted(altered);
      if (read !== null) expect(encodeEnvelope(read)).toEqual(altered);
    }
  });

  it('holds one MiB with everything around the values, and not one byte more', async () => {
    const limit = 1_048_576;
    const around = encodeFieldsEnvelope([{ ...password, value: 'x' }]).length - 2 - 1;
    const value = 'x'.repeat(limit - around);
    const longest = encodeFieldsEnvelope([{ ...password, value }]);
    expect(decodeEnvelope(longest)).toEqual({ kind: 'fields', fields: [{ ...password, value }] });
    const longer = [{ ...password, value: `${value}x` }];
    expect(await refusalOf(() => encodeFieldsEnvelope(longer))).toBe('too_large');
    const received = new Uint8Array(longest.length + 1);
    received.set(longest);
    expect(await refusalOf(() => decodeEnvelope(received))).toBe('too_large');
  });
});

function readIfAccepted(bytes: Uint8Array): Envelope | null {
  try {
    return decodeEnvelope(bytes);
  } catch {
    return null;
  }
}
