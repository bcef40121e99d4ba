import { decodeBase64url, encodeBase64url } from '@/lib/protocol/bytes';
import type { Base64urlVectors } from '../vector-shapes';
import { expectBytes, expectRefusal, expectSame, fromHex, type VectorCheck } from './vector-check';

export function base64urlChecks({ cases, refusals }: Base64urlVectors): VectorCheck[] {
  return [
    ...cases.map(({ bytes, text }) => ({
      name: `base64url: ${bytes.length / 2} bytes both ways`,
      run: () => {
        expectSame('encoded', encodeBase64url(fromHex(bytes)), text);
        expectBytes('decoded', decodeBase64url(text), bytes);
        expectBytes('decoded by length', decodeBase64url(text, bytes.length / 2), bytes);
      },
    })),
    ...refusals.map(({ name, text, length, error }) => ({
      name: `base64url refused: ${name}`,
      run: () => expectRefusal(error, () => decodeBase64url(text, length ?? undefined)),
    })),
  ];
}
