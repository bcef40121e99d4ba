import type { Vectors } from '../vector-shapes';
import { makeAtRestVectors } from './at-rest-vectors';
import { makeBase64urlVectors } from './base64url-vectors';
import { makeCiphertextVectors } from './ciphertext-vectors';
import { makeEnvelopeVectors } from './envelope-vectors';
import { makeKeyScheduleVectors } from './key-schedule-vectors';
import { makeLinkVectors } from './link-vectors';
import { makeMessageVectors } from './message-vectors';
import { makePaddingVectors } from './padding-vectors';
import { makePassphraseVectors } from './passphrase-vectors';
import { makeTokenVectors } from './token-vectors';
import { makeVerifierVectors } from './verifier-vectors';

/** Every vector, computed anew by the second implementation, by file name. */
export async function makeAllVectors(): Promise<Record<string, Vectors[keyof Vectors]>> {
  return {
    'at-rest': makeAtRestVectors(),
    base64url: makeBase64urlVectors(),
    ciphertext: makeCiphertextVectors(),
    envelope: makeEnvelopeVectors(),
    'key-schedule': makeKeyScheduleVectors(),
    links: makeLinkVectors(),
    messages: await makeMessageVectors(),
    padding: makePaddingVectors(),
    passphrase: await makePassphraseVectors(),
    tokens: makeTokenVectors(),
    verifiers: makeVerifierVectors(),
  };
}
