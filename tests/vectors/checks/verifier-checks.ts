import { encodeBase64url, toKnockProof, toOpenProof, toVerifierKey } from '@/lib/protocol/bytes';
import {
  deriveKnockVerifier,
  deriveOpenVerifier,
  deriveServerLinkVerifier,
} from '@/lib/protocol/keys';
import type { VerifierVectors } from '../vector-shapes';
import { expectBytes, expectRefusal, fromHex, type VectorCheck } from './vector-check';

type Input = Pick<VerifierVectors['cases'][number], 'kind' | 'verifierKey' | 'value'>;

export function verifierChecks({ cases, refusals }: VerifierVectors): VectorCheck[] {
  return [
    ...cases.map((vector) => ({
      name: `verifier: ${vector.kind} ${vector.value.slice(0, 8)}`,
      run: async () => expectBytes('verifier', await derive(vector), vector.verifier),
    })),
    ...refusals.map(({ name, error, ...input }) => ({
      name: `verifier refused: ${name}`,
      run: () => expectRefusal(error, () => derive(input)),
    })),
  ];
}

function derive({ kind, verifierKey, value }: Input): Promise<Uint8Array> {
  const key = toVerifierKey(fromHex(verifierKey));
  const bytes = fromHex(value);
  if (kind === 'serverLink') return deriveServerLinkVerifier(key, encodeBase64url(bytes));
  return kind === 'openProof'
    ? deriveOpenVerifier(key, toOpenProof(bytes))
    : deriveKnockVerifier(key, toKnockProof(bytes));
}
