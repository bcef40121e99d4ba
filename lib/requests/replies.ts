/**
 * What becomes of a reply once it came, as its readers and its client are told; and a client's own page
 * about it. A reply is a sealed item (`lib/sealed`): its claim, its endings and its sweep are there.
 */
import 'server-only';
import { z } from 'zod';
import { destroy } from '@/lib/sealed/end';
import { MADE_BEFORE_RESTORE, ITEM_COLUMNS, itemRow, type ItemRecord } from '@/lib/sealed/item';
import { locateToken } from '@/lib/sealed/locate';
import { isoTime as isoTimeOf } from '@/lib/sealed/views';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { findRow, isoTime } from '@/lib/server/sql';
import type { InboxReply, ReplyEnding, ReplyStatusState } from './outcomes';
import { ASKED_BY, KEEP_UNTIL, toRowId } from './rows';

/**
 * How a reply ended, as people are told; null while it waits. A claimed one counts as opened. Unread,
 * it has ended once its request is over, whether or not it was erased yet; and of one that was kept
 * closed meanwhile it can't be said that it was not read.
 */
export function endingOfReply(item: ItemRecord): ReplyEnding | null {
  const endedAt = isoTimeOf(item.endedAtMs ?? item.expiresAtMs);
  switch (item.state) {
    case 'CLAIMED':
    case 'OPENED': {
      const at = item.claimedAtMs === null ? endedAt : isoTimeOf(item.claimedAtMs);
      return { kind: 'opened', by: item.claimedBy, at };
    }
    case 'BURNED':
      return { kind: 'destroyed', by: destroyerOf(item), at: endedAt };
    case 'SEALED':
      if (!item.pastExpiry) return null;
      return {
        kind: 'destroyed',
        by: item.madeBeforeRestore ? 'restore' : 'request_end',
        at: endedAt,
      };
    case 'EXPIRED':
      throw new Error('A reply ends with its request.');
  }
}

function destroyerOf({ burnedBy }: ItemRecord) {
  switch (burnedBy) {
    case 'SENDER':
      return 'client';
    case 'RESTORE':
      return 'restore';
    case 'REQUEST_END':
      return 'request_end';
    default:
      throw new Error('A reply was destroyed by none who can.');
  }
}

/** What is told of a reply to its readers and to its client alike. */
export function viewOfReply(item: ItemRecord): Omit<InboxReply, 'id' | 'isRepeatable'> {
  const ending = endingOfReply(item);
  return {
    seal: item.seal,
    sentAt: isoTimeOf(item.createdAtMs),
    ending,
    isKeptClosed: ending === null && item.madeBeforeRestore,
  };
}

/** Its answer may have been lost, so this reader may ask for it again. */
export function isRepeatableBy(accountId: string): Prisma.Sql {
  return Prisma.sql`coalesce(i.state = 'CLAIMED' AND i.claimed_by_id = ${accountId}::uuid
    AND i.lease_until > clock_timestamp() AND NOT ${MADE_BEFORE_RESTORE}, false)`;
}

/*
 * A client's own page about a reply, by the status link that only they have: what became of it, and
 * taking it back unread.
 */

/** The reply of a status link; null for a token that fits no live key, or has another purpose. */
async function findByStatus({ keyring }: Context, token: string): Promise<Prisma.Sql | null> {
  const located = await locateToken(keyring, token, (opened) => opened.purpose === 'replyStatus');
  return (
    located &&
    Prisma.sql`i.id = ${toRowId(located.opened.replyId)}::bigint
      AND i.epoch = ${located.epoch.id}::text AND i.request_id IS NOT NULL`
  );
}

/** Changes nothing. Unknown, too, for a token of another purpose. */
export async function lookAtReply(context: Context, token: string): Promise<ReplyStatusState> {
  const which = await findByStatus(context, token);
  if (which === null) return { status: 'unknown' };
  await context.history.notice();
  return tell(context, which);
}

/** Ends a reply for its client. */
export async function withdrawReply(context: Context, token: string): Promise<ReplyStatusState> {
  const which = await findByStatus(context, token);
  if (which === null) return { status: 'unknown' };
  await destroy(context, which, 'SENDER');
  return tell(context, which);
}

/** Of a reader who came after the reply did, the client is told since when. */
const clientsRow = itemRow.extend({
  askedBy: z.string().nullable(),
  question: z.string(),
  keepUntil: z.string(),
  readers: z.array(z.object({ name: z.string(), since: z.string().nullable() })),
});

async function tell({ database }: Context, which: Prisma.Sql): Promise<ReplyStatusState> {
  const reply = await findRow(
    database,
    clientsRow,
    Prisma.sql`
      SELECT ${ITEM_COLUMNS}, ${ASKED_BY} AS "askedBy", r.question AS "question",
        ${KEEP_UNTIL} AS "keepUntil",
        (SELECT coalesce(
            jsonb_agg(jsonb_build_object('name', a.name, 'since',
              CASE WHEN rr.added_at > i.created_at THEN ${isoTime(Prisma.sql`rr.added_at`)} END)
              ORDER BY rr.added_at, a.name, a.id), '[]')
          FROM request_readers rr JOIN accounts a ON a.id = rr.account_id
          WHERE rr.request_id = r.id) AS "readers"
      FROM sealed_items i JOIN requests r ON r.id = i.request_id
      WHERE ${which}`,
  );
  if (reply === null) return { status: 'unknown' };
  const { askedBy, question, keepUntil } = reply;
  const view = viewOfReply(reply);
  const readers = view.ending === null ? reply.readers : [];
  return { status: 'known', ...view, askedBy, question, keepUntil, readers, refusal: null };
}
