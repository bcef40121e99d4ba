import { decodeEnvelope, encodeTextEnvelope } from '@/lib/protocol/envelope';
import { textOf } from '@/tests/support/envelopes';
import type { EnvelopeVectors } from '../vector-shapes';
import { fieldChecks } from './field-checks';
import { expectBytes, expectRefusal, expectSame, fromHex, type VectorCheck } from './vector-check';

export function envelopeChecks(vectors: EnvelopeVectors): VectorCheck[] {
  return [
    ...vectors.cases.map(({ name, text, envelope }) => ({
      name: `envelope: ${name}`,
      run: () => {
        expectBytes('envelope', encodeTextEnvelope(text), envelope);
        expectSame('text', textOf(decodeEnvelope(fromHex(envelope))), text);
      },
    })),
    ...vectors.unpairedSurrogates.map(({ codeUnits, envelope }) => ({
      name: 'envelope: unpaired surrogates become U+FFFD',
      run: () => {
        expectBytes('envelope', encodeTextEnvelope(String.fromCharCode(...codeUnits)), envelope);
      },
    })),
    ...vectors.long.map(({ name, text, times, sha256 }) => ({
      name: `envelope: ${name}`,
      run: async () => {
        const envelope = encodeTextEnvelope(text.repeat(times));
        const digest = await globalThis.crypto.subtle.digest('SHA-256', envelope);
        expectBytes('SHA-256', new Uint8Array(digest), sha256);
        expectSame('text', textOf(decodeEnvelope(envelope)), text.repeat(times));
      },
    })),
    ...vectors.refusedTexts.map(({ name, text, times, error }) => ({
      name: `envelope refused to write: ${name}`,
      run: () => expectRefusal(error, () => encodeTextEnvelope(text.repeat(times))),
    })),
    ...fieldChecks(vectors),
    ...vectors.refusals.map(({ name, envelope, error }) => ({
      name: `envelope refused: ${name}`,
      run: () => expectRefusal(error, () => decodeEnvelope(fromHex(envelope))),
    })),
  ];
}
