/**
 * Opening a reply: handing what is sealed to one browser of one reader, once. The statement that claims
 * asks whether the caller is a reader, and nothing else opens one: who it is, a session has said.
 */
import 'server-only';
import { hashClaimNonce } from '@/lib/sealed/locate';
import { encodeBase64url } from '@/lib/protocol/bytes';
import { ProtocolError } from '@/lib/protocol/errors';
import { unwrapAtRest } from '@/lib/protocol/at-rest';
import { claim, endClaim, handOut, type Claimant, type Granted } from '@/lib/sealed/claim';
import { isoTime } from '@/lib/sealed/views';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { heldReader } from './access';
import type { ClaimReplyResult } from './outcomes';
import { endingOfReply } from './replies';
import { readRowId, replyIdOfRow, requestIdOfRow } from './rows';

export interface ReplyToOpen {
  /** 16 hex digits */
  readonly request: string;
  /** 16 hex digits */
  readonly reply: string;
  /** base64url, 22 characters */
  readonly nonce: string;
}

interface ReplyClaimant extends Claimant {
  readonly requestId: bigint;
}

/**
 * Only a reader of its request finds a reply, and is held as one until the claim is made: who stops
 * being one has opened it before that, or does not. Rows are held in the one order (see `access.ts`).
 */
async function claimantOf(
  accountId: string,
  { request, reply, nonce }: ReplyToOpen,
): Promise<ReplyClaimant | null> {
  const requestId = readRowId(request);
  const replyId = readRowId(reply);
  if (requestId === null || replyId === null) return null;
  const at = Prisma.sql`i.id = ${replyId}::bigint AND i.request_id = ${requestId}::bigint`;
  return {
    requestId,
    accountId,
    nonceHash: await hashClaimNonce(nonce),
    at,
    held: Prisma.sql`account AS MATERIALIZED (
        SELECT id FROM accounts WHERE id = ${accountId}::uuid FOR KEY SHARE
      ), request AS MATERIALIZED (
        SELECT r.id FROM requests r
        WHERE r.id = ${requestId}::bigint AND EXISTS (SELECT 1 FROM account) FOR SHARE
      ), ${heldReader({ accountId, requestId }, 'request')},`,
    found: Prisma.sql`sealed_items i
      JOIN request ON request.id = i.request_id
      JOIN reader ON reader.request_id = i.request_id
      WHERE ${at}`,
  };
}

/** @see lib/protocol/README.md, Replies */
export async function claimReply(
  context: Context,
  accountId: string,
  order: ReplyToOpen,
): Promise<ClaimReplyResult> {
  const claimant = await claimantOf(accountId, order);
  const answer = claimant && (await claim(context, claimant, null));
  if (claimant === null || answer === null) return { status: 'unknown' };
  switch (answer.verdict) {
    case 'refused':
      return { status: 'refused', refusal: 'database_restored' };
    case 'ended': {
      const ending = endingOfReply(answer.record);
      if (ending === null) throw new Error('A reply that waits was told as ended.');
      return { status: 'ended', ending };
    }
    case 'granted': {
      const handed = await handOut(context, answer, (granted) =>
        unwrap(context, claimant.requestId, granted),
      );
      if (handed === 'unreadable') return { status: 'refused', refusal: 'reply_unreadable' };
      const openedAt = isoTime(handed.openedAtMs);
      return handed.content === null
        ? { status: 'ended', ending: { kind: 'opened', by: null, at: openedAt } }
        : { status: 'claimed', sealedReply: encodeBase64url(handed.content), openedAt };
    }
    default:
      throw new Error('A reply has no proof that could be wrong.');
  }
}

/** null for a row that was tampered with, or whose server key is gone. */
async function unwrap(
  { keyring }: Context,
  requestId: bigint,
  { record, content }: Granted,
): Promise<Uint8Array | null> {
  const epoch = (await keyring.liveEpochs()).find(({ id }) => id === record.epoch);
  if (epoch === undefined) return null;
  try {
    return await unwrapAtRest('reply', epoch.keys.atRestKey, content.wrappedCiphertext, {
      replyId: replyIdOfRow(record.id),
      requestId: requestIdOfRow(requestId),
    });
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

/** claimed → opened, once the reply is on its reader's screen: the content goes. */
export async function acknowledgeReply(
  context: Context,
  accountId: string,
  order: ReplyToOpen,
): Promise<boolean> {
  const claimant = await claimantOf(accountId, order);
  return claimant !== null && endClaim(context, claimant);
}
