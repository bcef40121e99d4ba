/**
 * Checks an implementation of the protocol against the vectors. No test
 * framework: the same checks run under Vitest on Node and in a real browser.
 */
import type { StretchPassphrase } from '@/lib/protocol/passphrase';
import { accountKeyChecks, recoveryCodeChecks, vaultChecks } from './checks/account-checks';
import { base64urlChecks } from './checks/base64url-checks';
import { envelopeChecks } from './checks/envelope-checks';
import { hpkeChecks } from './checks/hpke-checks';
import { keyScheduleChecks } from './checks/key-schedule-checks';
import { linkChecks } from './checks/link-checks';
import { messageChecks } from './checks/message-checks';
import { paddingChecks } from './checks/padding-checks';
import { passphraseChecks } from './checks/passphrase-checks';
import { atRestChecks, ciphertextChecks } from './checks/refused-message-checks';
import { replyAtRestChecks, replyChecks } from './checks/reply-checks';
import { requestSeedChecks } from './checks/request-seed-checks';
import { requestChecks, requestLinkChecks } from './checks/request-checks';
import { tokenChecks } from './checks/token-checks';
import type { VectorCheck } from './checks/vector-check';
import { verifierChecks } from './checks/verifier-checks';
import { wordPassphraseChecks } from './checks/word-passphrase-checks';
import type { Vectors } from './vector-shapes';

export interface VectorResult {
  readonly name: string;
  readonly ok: boolean;
  /** What went wrong; empty if nothing did. */
  readonly detail: string;
}

/** Runs every check, one after the other, and never throws: a failure is a result. */
export async function checkVectors(
  vectors: Vectors,
  stretchPassphrase: StretchPassphrase,
): Promise<VectorResult[]> {
  const checks = [
    ...base64urlChecks(vectors.base64url),
    ...keyScheduleChecks(vectors.keySchedule),
    ...tokenChecks(vectors.tokens),
    ...verifierChecks(vectors.verifiers),
    ...paddingChecks(vectors.padding),
    ...envelopeChecks(vectors.envelope),
    ...passphraseChecks(vectors.passphrase, stretchPassphrase),
    ...wordPassphraseChecks(vectors.wordPassphrases, stretchPassphrase),
    ...messageChecks(vectors.messages, stretchPassphrase),
    ...ciphertextChecks(vectors.ciphertext),
    ...atRestChecks(vectors.atRest),
    ...linkChecks(vectors.links),
    ...accountKeyChecks(vectors.accountKeys, stretchPassphrase),
    ...recoveryCodeChecks(vectors.recoveryCodes),
    ...vaultChecks(vectors.vaults),
    ...hpkeChecks(vectors.hpke),
    ...requestChecks(vectors.requests),
    ...requestSeedChecks(vectors.requestSeeds),
    ...requestLinkChecks(vectors.requestLinks),
    ...replyChecks(vectors.replies),
    ...replyAtRestChecks(vectors.replyAtRest),
  ];
  const results: VectorResult[] = [];
  for (const check of checks) results.push(await resultOf(check));
  return results;
}

async function resultOf({ name, run }: VectorCheck): Promise<VectorResult> {
  try {
    await run();
    return { name, ok: true, detail: '' };
  } catch (error) {
    return { name, ok: false, detail: String(error) };
  }
}
