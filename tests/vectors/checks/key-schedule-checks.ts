import { toMessageKey, toServerKey } from '@/lib/protocol/bytes';
import { deriveKnockProof, deriveMessageKeys, deriveServerKeys } from '@/lib/protocol/keys';
import type { KeyScheduleVectors } from '../vector-shapes';
import {
  expectBytes,
  expectRefusal,
  fromHex,
  stretchedOrNull,
  type VectorCheck,
} from './vector-check';

export function keyScheduleChecks(vectors: KeyScheduleVectors): VectorCheck[] {
  return [
    ...vectors.serverKeys.map((vector, index) => ({
      name: `key schedule: server key ${index + 1}`,
      run: async () => {
        const keys = await deriveServerKeys(toServerKey(fromHex(vector.serverKey)));
        expectBytes('token key', keys.tokenKey, vector.tokenKey);
        expectBytes('verifier key', keys.verifierKey, vector.verifierKey);
        expectBytes('at-rest key', keys.atRestKey, vector.atRestKey);
      },
    })),
    ...vectors.messageKeys.map((vector, index) => ({
      name: `key schedule: message key ${index + 1}`,
      run: async () => {
        const messageKey = toMessageKey(fromHex(vector.messageKey));
        const keys = await deriveMessageKeys(
          messageKey,
          stretchedOrNull(vector.stretchedPassphrase),
        );
        expectBytes('encryption key', keys.encryptionKey, vector.encryptionKey);
        expectBytes('open proof', keys.openProof, vector.openProof);
        expectBytes('key commitment', keys.keyCommitment, vector.keyCommitment);
        expectBytes('knock proof', await deriveKnockProof(messageKey), vector.knockProof);
      },
    })),
    ...vectors.refusals.map(({ name, serverKey, messageKey, stretchedPassphrase, error }) => ({
      name: `key schedule refused: ${name}`,
      run: () =>
        expectRefusal(error, () =>
          serverKey === null
            ? deriveMessageKeys(
                toMessageKey(fromHex(messageKey ?? '')),
                stretchedOrNull(stretchedPassphrase),
              )
            : deriveServerKeys(toServerKey(fromHex(serverKey))),
        ),
    })),
  ];
}
