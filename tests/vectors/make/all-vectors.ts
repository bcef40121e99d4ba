import type { Vectors } from '../vector-shapes';
import { makeAccountKeyVectors } from './account-key-vectors';
import { makeAtRestVectors } from './at-rest-vectors';
import { makeBase64urlVectors } from './base64url-vectors';
import { makeCiphertextVectors } from './ciphertext-vectors';
import { makeEnvelopeVectors } from './envelope-vectors';
import { makeHpkeVectors } from './hpke-vectors';
import { makeKeyScheduleVectors } from './key-schedule-vectors';
import { makeLinkVectors } from './link-vectors';
import { makeMessageVectors } from './message-vectors';
import { makePaddingVectors } from './padding-vectors';
import { makePassphraseVectors } from './passphrase-vectors';
import { makeRecoveryCodeVectors } from './recovery-code-vectors';
import { makeReplyAtRestVectors, makeReplyVectors } from './reply-vectors';
import { makeRequestLinkVectors } from './request-link-vectors';
import { makeRequestSeedVectors } from './request-seed-vectors';
import { makeRequestVectors } from './request-vectors';
import { makeTokenVectors } from './token-vectors';
import { makeVaultVectors } from './vault-vectors';
import { makeVerifierVectors } from './verifier-vectors';
import { makeWordPassphraseVectors } from './word-passphrase-vectors';

/** Every vector, computed anew by the second implementation, by file name. */
export async function makeAllVectors(): Promise<Record<string, Vectors[keyof Vectors]>> {
  return {
    'account-keys': await makeAccountKeyVectors(),
    'at-rest': makeAtRestVectors(),
    base64url: makeBase64urlVectors(),
    ciphertext: makeCiphertextVectors(),
    envelope: makeEnvelopeVectors(),
    hpke: makeHpkeVectors(),
    'key-schedule': makeKeyScheduleVectors(),
    links: makeLinkVectors(),
    messages: await makeMessageVectors(),
    padding: makePaddingVectors(),
    passphrase: await makePassphraseVectors(),
    'recovery-codes': makeRecoveryCodeVectors(),
    replies: makeReplyVectors(),
    'reply-at-rest': makeReplyAtRestVectors(),
    'request-links': makeRequestLinkVectors(),
    'request-seeds': makeRequestSeedVectors(),
    requests: makeRequestVectors(),
    tokens: makeTokenVectors(),
    vaults: makeVaultVectors(),
    verifiers: makeVerifierVectors(),
    'word-passphrases': await makeWordPassphraseVectors(),
  };
}
