import { pad, paddedLength, unpad } from '@/lib/protocol/envelope';
import type { PaddingVectors } from '../vector-shapes';
import { expectBytes, expectRefusal, expectSame, fromHex, type VectorCheck } from './vector-check';

export function paddingChecks({ lengths, cases, refusals }: PaddingVectors): VectorCheck[] {
  return [
    ...lengths.map((vector) => ({
      name: `padding: ${vector.contentLength} bytes take ${vector.paddedLength}`,
      run: () => expectSame('length', paddedLength(vector.contentLength), vector.paddedLength),
    })),
    ...cases.map(({ content, padded }) => ({
      name: `padding: ${content.length / 2} bytes both ways`,
      run: () => {
        expectBytes('padded', pad(fromHex(content)), padded);
        expectBytes('content', unpad(fromHex(padded)), content);
      },
    })),
    ...refusals.map(({ name, padded, error }) => ({
      name: `padding refused: ${name}`,
      run: () => expectRefusal(error, () => unpad(fromHex(padded))),
    })),
  ];
}
