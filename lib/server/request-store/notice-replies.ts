import 'server-only';
import { guarded } from '../database-errors';
import { Prisma, type PrismaClient } from '../prisma-client/client';

/** Somebody who wants to know that replies wait. Nothing of the replies is in it. */
export interface ReplyNotice {
  readonly email: string;
  readonly name: string;
  /** What was asked for, in the staff's own words. */
  readonly question: string;
  /** How many replies to it wait unread. */
  readonly waiting: number;
}

/** Queues a mail in the very transaction that notes it as told. */
export type QueueReplyNotice = (
  transaction: Prisma.TransactionClient,
  notice: ReplyNotice,
) => Promise<void>;

const BATCH = 100;
/** Hours before a mail follows one whose reply was taken back: sending and taking back must make no flood. */
const PAUSE = 1;

/** `p` waits for its readers. A claimed one is left alone: until its claim is settled it may wait again. */
const WAITS = Prisma.sql`p.request_id = rr.request_id AND p.state = 'SEALED'`;

/**
 * Tells the readers who want to know of replies that wait, once: as long as one of those that they
 * were told of waits, more of them are no news. That they were told and the mail itself are one
 * transaction, so a process that dies tells either way once. Called after a reply and by the sweeper.
 *
 * @param requestId of the request that a reply has come to; null for all
 * @returns how many readers were told
 */
export async function noticeReplies(
  client: PrismaClient,
  queue: QueueReplyNotice,
  requestId: bigint | null = null,
): Promise<number> {
  const concerned =
    requestId === null
      ? Prisma.sql`SELECT request_id FROM replies WHERE state = 'SEALED'`
      : Prisma.sql`${requestId}::bigint`;
  return guarded(() =>
    client.$transaction(async (transaction) => {
      const notices = await transaction.$queryRaw<ReplyNotice[]>`
        WITH due AS (
          SELECT rr.request_id, rr.account_id FROM request_readers rr
          WHERE rr.notify AND rr.request_id IN (${concerned})
            AND EXISTS (SELECT 1 FROM replies p WHERE ${WAITS})
            AND (rr.told_at IS NULL OR (
              NOT EXISTS (SELECT 1 FROM replies p WHERE ${WAITS} AND p.created_at <= rr.told_at)
              AND (rr.told_at <= clock_timestamp() - ${PAUSE}::int * interval '1 hour'
                OR EXISTS (SELECT 1 FROM replies o
                  WHERE o.request_id = rr.request_id AND o.claimed_at > rr.told_at))))
          LIMIT ${BATCH}::int FOR UPDATE SKIP LOCKED
        ), told AS (
          UPDATE request_readers rr SET told_at = clock_timestamp() FROM due
          WHERE rr.request_id = due.request_id AND rr.account_id = due.account_id
          RETURNING rr.request_id, rr.account_id
        )
        SELECT a.email, a.name, r.question,
          (SELECT count(*)::int FROM replies p
            WHERE p.request_id = r.id AND p.state = 'SEALED') AS "waiting"
        FROM told JOIN accounts a ON a.id = told.account_id JOIN requests r ON r.id = told.request_id`;
      for (const notice of notices) await queue(transaction, notice);
      return notices.length;
    }),
  );
}
