import { encodeBase64url } from '@/lib/protocol/base64url';
import { deriveKnockVerifier, deriveOpenVerifier } from '@/lib/protocol/verifiers';
import { locateMessage } from './locate-message';
import { hashClaimNonce } from './nonce';
import { unlessRefused, unwrapContent } from './open-content';
import type { ClaimResult } from './outcomes';
import type { MessageDesk } from './ports';
import { endingOfRefused, isoTime, triesLeft } from './views';

export interface BrowserClaim {
  /** ID1 */
  readonly token: string;
  /** 32 bytes */
  readonly knockProof: Uint8Array;
  /** 32 bytes */
  readonly openProof: Uint8Array;
  /** base64url, 22 characters */
  readonly nonce: string;
}

/**
 * Hands M1 to the browser that proves link and passphrase together, once. A
 * wrong open proof is counted; only a holder of the link (the knock proof) can
 * use up the count.
 *
 * @see lib/protocol/README.md, Browser seal: opening
 */
export async function claimBrowserSealed(
  desk: MessageDesk,
  { token, knockProof, openProof, nonce }: BrowserClaim,
): Promise<ClaimResult> {
  const located = await locateMessage(desk.keyring, token, 'browserSeal');
  if (located === null) return { status: 'unknown' };
  const { verifierKey } = located.epoch.keys;
  const nonceHash = await hashClaimNonce(nonce);
  const answer = await desk.store.claimBrowserSealed(located.address, {
    knockVerifier: await deriveKnockVerifier(verifierKey, knockProof),
    openVerifier: await deriveOpenVerifier(verifierKey, openProof),
    nonceHash,
  });
  if (answer === null) return { status: 'unknown' };
  if (answer.verdict === 'refused') return { status: 'refused', refusal: 'database_rewound' };
  if (answer.verdict === 'wrong_passphrase') {
    return { status: 'wrong_passphrase', triesLeft: triesLeft(answer.record) ?? 0 };
  }
  if (answer.verdict !== 'granted') {
    return { status: 'ended', ending: endingOfRefused(answer.record) };
  }
  const { record, content } = answer;
  const ciphertext = await unlessRefused(() => unwrapContent(located, 'browser', record, content));
  if (ciphertext === null) {
    await desk.store.releaseClaim(located.address, nonceHash);
    return { status: 'unknown' };
  }
  return {
    status: 'claimed',
    ciphertext: encodeBase64url(ciphertext),
    openedAt: isoTime(record.claimedAtMs ?? desk.clock.nowMs()),
  };
}
