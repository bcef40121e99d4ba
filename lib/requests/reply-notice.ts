/** Telling readers by mail that replies wait. A mail says nothing about what a reply holds. */
import 'server-only';
import { z } from 'zod';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { findRows, inTransaction } from '@/lib/server/sql';

const BATCH = 100;
/** Hours before a mail follows one whose reply was taken back: sending and taking back must make no flood. */
const PAUSE = 1;

/** `i` waits for its readers. A claimed one is left alone: until its claim is settled it may wait again. */
const WAITS = Prisma.sql`i.request_id = rr.request_id AND i.state = 'SEALED'`;

const noticeRow = z.object({
  to: z.string(),
  name: z.string(),
  /** What was asked for, in the staff's own words. */
  question: z.string(),
  /** How many replies to it wait unread. */
  waiting: z.int(),
});

/** After a reply came. It is stored already: what fails here is done by the sweeper. */
export function tellReaders(context: Context, requestId: bigint): void {
  context.afterwards(() => noticeReplies(context, requestId));
}

/**
 * Tells the readers who want to know of replies that wait, once: as long as one of those that they
 * were told of waits, more of them are no news. That they were told and the mail itself are one
 * transaction, so a process that dies tells either way once. The mail's link leads to the dashboard,
 * nowhere else.
 *
 * @param requestId of the request that a reply has come to; null for all
 * @returns how many readers were told
 */
export function noticeReplies(
  { database, queueMail, appUrl }: Pick<Context, 'database' | 'queueMail' | 'appUrl'>,
  requestId: bigint | null = null,
): Promise<number> {
  const concerned =
    requestId === null
      ? Prisma.sql`SELECT request_id FROM sealed_items WHERE state = 'SEALED' AND request_id IS NOT NULL`
      : Prisma.sql`${requestId}::bigint`;
  return inTransaction(database, async (transaction) => {
    const notices = await findRows(
      transaction,
      noticeRow,
      Prisma.sql`
        WITH due AS (
          SELECT rr.request_id, rr.account_id FROM request_readers rr
          WHERE rr.notify AND rr.request_id IN (${concerned})
            AND EXISTS (SELECT 1 FROM sealed_items i WHERE ${WAITS})
            AND (rr.told_at IS NULL OR (
              NOT EXISTS (SELECT 1 FROM sealed_items i WHERE ${WAITS} AND i.created_at <= rr.told_at)
              AND (rr.told_at <= clock_timestamp() - ${PAUSE}::int * interval '1 hour'
                OR EXISTS (SELECT 1 FROM sealed_items o
                  WHERE o.request_id = rr.request_id AND o.claimed_at > rr.told_at))))
          LIMIT ${BATCH}::int FOR UPDATE SKIP LOCKED
        ), told AS (
          UPDATE request_readers rr SET told_at = clock_timestamp() FROM due
          WHERE rr.request_id = due.request_id AND rr.account_id = due.account_id
          RETURNING rr.request_id, rr.account_id
        )
        SELECT a.email AS "to", a.name AS "name", r.question AS "question",
          (SELECT count(*)::int FROM sealed_items i
            WHERE i.request_id = r.id AND i.state = 'SEALED') AS "waiting"
        FROM told JOIN accounts a ON a.id = told.account_id JOIN requests r ON r.id = told.request_id`,
    );
    const dashboardLink = `${appUrl}/dashboard`;
    for (const notice of notices) {
      await queueMail(transaction, { template: 'replyArrived', ...notice, dashboardLink });
    }
    return notices.length;
  });
}
