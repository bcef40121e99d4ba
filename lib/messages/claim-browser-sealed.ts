import { encodeBase64url } from '@/lib/protocol/base64url';
import { deriveKnockVerifier, deriveOpenVerifier } from '@/lib/protocol/verifiers';
import { locateMessage } from './locate-message';
import { hashClaimNonce } from './nonce';
import { unlessRefused, unwrapContent } from './open-content';
import type { ClaimResult } from './outcomes';
import type {
  BrowserClaimAnswer,
  Judged,
  MessageDesk,
  MessageRecord,
  SealedContent,
} from './ports';
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

const UNCOUNTED: ClaimResult = { status: 'wrong_passphrase', triesLeft: null };

/**
 * Hands M1 to the browser that proves link and passphrase together, once. A
 * wrong open proof is counted only where there is a passphrase, and only after
 * the row that it is compared with was authenticated.
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
  const proofs = {
    knockVerifier: await deriveKnockVerifier(verifierKey, knockProof),
    openVerifier: await deriveOpenVerifier(verifierKey, openProof),
    nonceHash: await hashClaimNonce(nonce),
  };
  const ask = (authenticated: Judged | null) =>
    desk.store.claimBrowserSealed(located.address, { ...proofs, authenticated });
  const unwrap = (record: MessageRecord, content: SealedContent) =>
    unlessRefused(() => unwrapContent(located, 'browser', record, content));

  let answer = await ask(null);
  if (answer?.verdict === 'authenticate') {
    const { record, content } = answer;
    if ((await unwrap(record, content)) === null) return { status: 'unreadable' };
    if (content.lock === null) return { status: 'refused', refusal: 'link_altered' };
    if (record.state === 'CLAIMED') return UNCOUNTED;
    answer = await ask(content);
  }
  if (answer?.verdict !== 'granted') return notGranted(answer);

  const { record, content, claim } = answer;
  const ciphertext = await unwrap(record, content);
  if (ciphertext === null) {
    await desk.store.undoClaim(claim);
    return { status: 'unreadable' };
  }
  return (await desk.store.settleClaim(claim))
    ? {
        status: 'claimed',
        ciphertext: encodeBase64url(ciphertext),
        openedAt: isoTime(record.claimedAtMs ?? desk.clock.nowMs()),
      }
    : { status: 'ended', ending: endingOfRefused(record) };
}

function notGranted(
  answer: Exclude<BrowserClaimAnswer, { readonly verdict: 'granted' }>,
): ClaimResult {
  switch (answer?.verdict) {
    case undefined:
      return { status: 'unknown' };
    case 'refused':
      return { status: 'refused', refusal: 'database_rewound' };
    case 'altered':
      return { status: 'unreadable' };
    case 'wrong_passphrase':
      return { status: 'wrong_passphrase', triesLeft: triesLeft(answer.record) };
    case 'authenticate':
      // This nonce claimed it between the two statements.
      return UNCOUNTED;
    case 'ended':
      return { status: 'ended', ending: endingOfRefused(answer.record) };
  }
}
