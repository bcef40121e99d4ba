/**
 * Opening a reply: handing what is sealed to one browser of one reader, once.
 * The claim, its lease and its acknowledgement are those of messages; the
 * statement that claims asks whether the caller is a reader.
 */
import { hashClaimNonce } from '@/lib/messages/nonce';
import { isoTime } from '@/lib/messages/views';
import { encodeBase64url } from '@/lib/protocol/base64url';
import { ProtocolError } from '@/lib/protocol/errors';
import { unwrapReplyAtRest } from '@/lib/protocol/reply-at-rest';
import type { ClaimReplyResult } from './outcomes';
import type { ReplyClaim, RequestDesk } from './ports';
import { readRowId, replyIdOfRow, requestIdOfRow } from './request-id';
import { endingOf } from './views';

export interface ReplyToOpen {
  /** 16 hex digits */
  readonly request: string;
  /** 16 hex digits */
  readonly reply: string;
  /** base64url, 22 characters */
  readonly nonce: string;
}

/** @see lib/protocol/README.md, Replies */
export async function claimReply(
  desk: RequestDesk,
  accountId: string,
  order: ReplyToOpen,
): Promise<ClaimReplyResult> {
  const claim = await readClaim(accountId, order);
  if (claim === null) return { status: 'unknown' };
  const answer = await desk.store.claimReply(claim);
  if (answer === null) return { status: 'unknown' };
  if (answer.verdict === 'refused') return { status: 'refused', refusal: 'database_rewound' };
  if (answer.verdict === 'ended') {
    const { reply, keepUntilMs } = answer;
    const ending = endingOf(reply, { pastKeeping: true, keepUntilMs });
    return ending === null ? { status: 'unknown' } : { status: 'ended', ending };
  }
  const sealedReply = await unwrap(desk, claim, answer);
  if (sealedReply === null) {
    await desk.store.undoReplyClaim(answer.claim);
    return { status: 'refused', refusal: 'reply_unreadable' };
  }
  const openedAt = isoTime(answer.claim.claimedAtMs);
  return (await desk.store.settleReply(answer.claim))
    ? { status: 'claimed', sealedReply: encodeBase64url(sealedReply), openedAt }
    : { status: 'ended', ending: { kind: 'opened', by: null, at: openedAt } };
}

/** Ends a claim once the reply is on its reader's screen. */
export async function acknowledgeReply(
  desk: RequestDesk,
  accountId: string,
  order: ReplyToOpen,
): Promise<boolean> {
  const claim = await readClaim(accountId, order);
  return claim === null ? false : desk.store.acknowledgeReply(claim);
}

async function readClaim(
  accountId: string,
  { request, reply, nonce }: ReplyToOpen,
): Promise<ReplyClaim | null> {
  const requestId = readRowId(request);
  const replyId = readRowId(reply);
  return requestId === null || replyId === null
    ? null
    : { requestId, replyId, accountId, nonceHash: await hashClaimNonce(nonce) };
}

/** null for a row that was tampered with, or whose server key is gone. */
async function unwrap(
  desk: RequestDesk,
  { requestId, replyId }: ReplyClaim,
  { epoch: epochId, wrappedCiphertext }: { epoch: string; wrappedCiphertext: Uint8Array },
): Promise<Uint8Array | null> {
  const epoch = (await desk.keyring.liveEpochs()).find(({ id }) => id === epochId);
  if (epoch === undefined) return null;
  try {
    return await unwrapReplyAtRest(epoch.keys.atRestKey, wrappedCiphertext, {
      replyId: replyIdOfRow(replyId),
      requestId: requestIdOfRow(requestId),
    });
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
