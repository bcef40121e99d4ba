import { unwrapAtRest } from '@/lib/protocol/at-rest';
import { toAtRestKey, toEncryptionKey, toKeyCommitment, toOpenProof } from '@/lib/protocol/bytes';
import { openMessage } from '@/lib/protocol/ciphertext';
import type { AtRestVectors, CiphertextVectors } from '../vector-shapes';
import {
  bytesOrNull,
  expectRefusal,
  fromHex,
  lockOrNull,
  sealFrom,
  type VectorCheck,
} from './vector-check';

export function ciphertextChecks({ refusals }: CiphertextVectors): VectorCheck[] {
  return refusals.map((vector) => ({
    name: `M1 refused: ${vector.name}`,
    run: () =>
      expectRefusal(vector.error, () =>
        openMessage({
          seal: sealFrom(vector.seal),
          ciphertext: fromHex(vector.ciphertext),
          keys: {
            encryptionKey: toEncryptionKey(fromHex(vector.encryptionKey)),
            keyCommitment: toKeyCommitment(fromHex(vector.keyCommitment)),
            // Opening has no use for it.
            openProof: toOpenProof(new Uint8Array(32)),
          },
          lock: lockOrNull(vector.lock),
        }),
      ),
  }));
}

export function atRestChecks({ refusals }: AtRestVectors): VectorCheck[] {
  return refusals.map((vector) => ({
    name: `wrapped M1 refused: ${vector.name}`,
    run: () =>
      expectRefusal(vector.error, () =>
        unwrapAtRest('message', toAtRestKey(fromHex(vector.atRestKey)), fromHex(vector.wrapped), {
          messageId: fromHex(vector.messageId),
          seal: sealFrom(vector.seal),
          expiresAtMs: BigInt(vector.expiresAtMs),
          lock: lockOrNull(vector.lock),
          knockVerifier: fromHex(vector.knockVerifier),
          openVerifier: bytesOrNull(vector.openVerifier),
        }),
      ),
  }));
}
