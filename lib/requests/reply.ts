/** How a reply comes: sealed by the client's browser or, without a script, to be sealed here. */
import 'server-only';
import { z } from 'zod';
import { toRequestPublicKey, type ReplyId, type RequestId } from '@/lib/protocol/bytes';
import { sealReply } from '@/lib/protocol/reply';
import { wrapAtRest } from '@/lib/protocol/at-rest';
import { sealReplyStatusToken } from '@/lib/protocol/tokens';
import type { RefusalCode } from '@/lib/refusal-code';
import { emptyFields } from '@/lib/secrets/field-rules';
import { DATABASE_NOW_MS, untilAgreed } from '@/lib/server/agreed-time';

import type { Context } from '@/lib/server/context';
import { appendEvents, STATE_REACHED } from '@/lib/sealed/events';
import { ITEM_COLUMNS, itemRow, sealColumn } from '@/lib/sealed/item';
import { isBehind } from '@/lib/server/history/history-conditions';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytea, findRow, instant } from '@/lib/server/sql';
import { HAS_READER } from './ending';
import { conditionFor, findByLink, keyOf } from './look-at-request';
import type { ReplyResult, ReplySeal } from './outcomes';
import { viewOfReply } from './replies';
import { replyEnvelope } from './reply-envelope';
import { tellReaders } from './reply-notice';
import { CONDITION, replyIdOf, toRowId, type RequestRow } from './rows';

interface ReplyToPlace {
  /** Of the request's link. */
  readonly token: string;
  /** base64url, 22 characters: makes the reply one, however often it arrives. */
  readonly nonce: string;
}

export interface SealedReply extends ReplyToPlace {
  /** Sealed to the request's public key: this server can't read it. */
  readonly sealedReply: Uint8Array;
}

export function storeSealedReply(
  context: Context,
  { sealedReply, ...reply }: SealedReply,
): Promise<ReplyResult> {
  return placeReply(context, 'browser', reply, () => Promise.resolve(sealedReply));
}

export interface PlainReply extends ReplyToPlace {
  /** What was typed, in the order of the request's fields; one value where it has none. */
  readonly values: readonly string[];
  /** Whether the client said that fields are meant to be empty. */
  readonly mayBePartial: boolean;
}

/**
 * For a client without a script: seals what was typed, at once, to the key to
 * which a browser would have sealed it. Nothing else is done with it.
 */
export function sealReplyOnServer(
  context: Context,
  { values, mayBePartial, ...reply }: PlainReply,
): Promise<ReplyResult> {
  return placeReply(context, 'server', reply, async (request) => {
    const { fields } = request;
    const envelope = replyEnvelope(fields, values);
    if ('refusal' in envelope) return envelope;
    if (!mayBePartial && emptyFields(fields, values).length > 0) {
      return { refusal: 'reply_empties_unconfirmed' };
    }
    return sealReply(envelope, toRequestPublicKey(keyOf(request)));
  });
}

/** The sealed reply; or why there is none. */
type MadeReply = Uint8Array | { readonly refusal: RefusalCode };

const REFUSALS = {
  full: 'replies_full',
  closed: 'request_closed',
  expired: 'request_expired',
  ended: 'request_closed',
} as const satisfies Record<string, RefusalCode>;

/**
 * Wraps a sealed reply at rest and puts it into one of the places that its
 * request allows. Of two replies for the last place one is accepted and one told.
 *
 * @param make the sealed reply, once the request is known; or why there is none
 * @throws whatever the statement throws; then nothing was stored
 */
async function placeReply(
  context: Context,
  seal: ReplySeal,
  { token, nonce }: ReplyToPlace,
  make: (request: RequestRow) => Promise<MadeReply>,
): Promise<ReplyResult> {
  const replyId = await replyIdOf(nonce);
  let made: Uint8Array | null = null;
  return untilAgreed(context, async () => {
    const found = await findByLink(context, token);
    if (found === null) return { done: { status: 'unknown' } };
    const { id: requestId, request } = found;
    const condition = conditionFor(request);
    if (condition !== 'open') {
      return { done: await refuseOrRepeat(context, requestId, replyId, condition) };
    }
    const sealed: MadeReply = made ?? (await make(request));
    if ('refusal' in sealed) return { done: { status: 'refused', refusal: sealed.refusal } };
    made = sealed;

    const keptUntilMs = Date.parse(request.keepUntil);
    const epoch = await context.keyring.sealingEpoch(keptUntilMs, Infinity);
    const ids = { replyId, requestId };
    const wrappedCiphertext = await wrapAtRest('reply', epoch.keys.atRestKey, sealed, ids);
    const row = { ...ids, epoch: epoch.id, seal, wrappedCiphertext, keptUntilMs };
    const answer = await insert(context, row);
    if (answer?.verdict === 'extended') return answer;
    if (answer?.verdict === 'accepted') tellReaders(context, toRowId(requestId));
    return answer?.verdict === 'accepted' || answer?.verdict === 'repeated'
      ? { done: await findSent(context, requestId, replyId) }
      : { done: await refuseOrRepeat(context, requestId, replyId, answer?.verdict ?? 'closed') };
  });
}

/** A form whose first answer was lost is told that it was sent, also where it took the last place. */
async function refuseOrRepeat(
  context: Context,
  requestId: RequestId,
  replyId: ReplyId,
  why: keyof typeof REFUSALS,
): Promise<ReplyResult> {
  const sent = await findSent(context, requestId, replyId);
  return sent.status === 'unknown' ? { status: 'refused', refusal: REFUSALS[why] } : sent;
}

interface NewReply {
  readonly replyId: ReplyId;
  readonly requestId: RequestId;
  readonly epoch: string;
  readonly seal: ReplySeal;
  readonly wrappedCiphertext: Uint8Array;
  /** Until when the reply's epoch was kept: the request must not live longer. */
  readonly keptUntilMs: number;
}

const VERDICTS = [
  'accepted',
  'full',
  'closed',
  'expired',
  'ended',
  /** The request was extended meanwhile: keep the epoch for longer and try again. */
  'extended',
  /** A reply with this id is there already, or was. */
  'repeated',
] as const;

/**
 * Takes one of the places that a request allows and puts the reply there, in
 * one statement. It locks the request first, so of any number of replies for
 * the last place, over any number of app instances, one is accepted; time is
 * the database's.
 *
 * @returns null where the request is gone
 */
async function insert(
  context: Context,
  reply: NewReply,
): Promise<{ verdict: (typeof VERDICTS)[number]; databaseNowMs: number } | null> {
  const { database, history } = context;
  const expected = await history.expectedEndings();
  const id = toRowId(reply.replyId);
  const row = await findRow(
    database,
    z.object({ verdict: z.enum([...VERDICTS, 'behind']), databaseNowMs: z.number() }),
    Prisma.sql`
      WITH located AS (
        SELECT r.id, r.keep_until, CASE
          WHEN ${isBehind(expected)} THEN 'behind'
          WHEN EXISTS (SELECT 1 FROM sealed_items WHERE id = ${id}::bigint) THEN 'repeated'
          WHEN NOT ${HAS_READER} THEN 'closed'
          WHEN ${CONDITION} <> 'open' THEN ${CONDITION}
          WHEN r.keep_until > ${instant(reply.keptUntilMs)} THEN 'extended'
          ELSE 'accepted' END AS verdict
        FROM requests r WHERE r.id = ${toRowId(reply.requestId)}::bigint FOR UPDATE
      ), placed AS (
        INSERT INTO sealed_items (id, request_id, epoch, seal, wrapped_ciphertext, expires_at)
        SELECT ${id}::bigint, located.id, ${reply.epoch}::text,
          ${sealColumn(reply.seal)}, ${bytea(reply.wrappedCiphertext)}, located.keep_until
        FROM located WHERE located.verdict = 'accepted'
        ON CONFLICT (id) DO NOTHING
        RETURNING *
      ), event AS (
        ${appendEvents(Prisma.sql`placed i`, STATE_REACHED)}
      ), counted AS (
        UPDATE requests r SET replies_received = r.replies_received + 1
        FROM located, placed WHERE r.id = located.id
      )
      SELECT CASE WHEN located.verdict = 'accepted' AND NOT EXISTS (SELECT 1 FROM placed)
        THEN 'repeated' ELSE located.verdict END AS "verdict",
        ${DATABASE_NOW_MS} AS "databaseNowMs"
      FROM located`,
  );
  if (row === null) return null;
  const { verdict, databaseNowMs } = row;
  if (verdict !== 'behind') return { verdict, databaseNowMs };
  // Noticed now, so that the reply is not taken for one from before.
  await history.check();
  return insert(context, reply);
}

/** What the client is told of a reply that came, now or before. Unknown where there is none. */
async function findSent(
  { database, history, keyring, appUrl }: Context,
  requestId: RequestId,
  replyId: ReplyId,
): Promise<ReplyResult> {
  await history.notice();
  const sent = await findRow(
    database,
    itemRow.extend({ readers: z.array(z.string()) }),
    Prisma.sql`
      SELECT ${ITEM_COLUMNS},
        array(SELECT a.name FROM request_readers rr JOIN accounts a ON a.id = rr.account_id
          WHERE rr.request_id = r.id ORDER BY a.name, a.id) AS "readers"
      FROM sealed_items i JOIN requests r ON r.id = i.request_id
      WHERE i.id = ${toRowId(replyId)}::bigint AND r.id = ${toRowId(requestId)}::bigint`,
  );
  const epoch = sent && (await keyring.liveEpochs()).find(({ id }) => id === sent.epoch);
  if (sent === null || !epoch) return { status: 'unknown' };
  const { ending, seal, sentAt } = viewOfReply(sent);
  // A form that comes out of the browser's history: what was taken back does not come again.
  if (ending?.kind === 'destroyed' && ending.by === 'client') {
    return { status: 'refused', refusal: 'reply_taken_back' };
  }
  const statusToken = sealReplyStatusToken(epoch.keys.tokenKey, replyId);
  const { readers } = sent;
  return { status: 'sent', statusLink: `${appUrl}/s/${statusToken}`, sentAt, readers, seal };
}
