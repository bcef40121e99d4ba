import 'server-only';
import { guarded } from '../database-errors';
import type { Prisma, PrismaClient } from '../prisma-client/client';

/** Somebody who wants to know that a reply arrived. Nothing of the reply is in it. */
export interface ReplyNotice {
  readonly email: string;
  readonly name: string;
  /** What was asked for, in the staff's own words. */
  readonly question: string;
}

/** Queues a mail in the very transaction that notes it as told. */
export type QueueReplyNotice = (
  transaction: Prisma.TransactionClient,
  notice: ReplyNotice,
) => Promise<void>;

const BATCH = 100;

/**
 * Tells the readers who want to know of replies that nobody was told of yet.
 * That it was told and the mail itself are one transaction, so a process that
 * dies tells either way once. Called after a reply and by the sweeper. A claimed
 * one is left alone: until its claim is settled it may wait again.
 *
 * @returns how many replies were dealt with
 */
export async function noticeReplies(
  client: PrismaClient,
  queue: QueueReplyNotice,
): Promise<number> {
  return guarded(() =>
    client.$transaction(async (transaction) => {
      const told = await transaction.$queryRaw<{ id: bigint }[]>`
        UPDATE replies p SET notified_at = clock_timestamp()
        WHERE p.id IN (
          SELECT id FROM replies WHERE notified_at IS NULL AND state <> 'CLAIMED'
          LIMIT ${BATCH}::int FOR UPDATE SKIP LOCKED)
        RETURNING p.id`;
      if (told.length === 0) return 0;
      // One that was taken back or read meanwhile is no news.
      const notices = await transaction.$queryRaw<ReplyNotice[]>`
        SELECT a.email, a.name, r.question
        FROM replies p
          JOIN requests r ON r.id = p.request_id
          JOIN request_readers rr ON rr.request_id = p.request_id AND rr.notify
          JOIN accounts a ON a.id = rr.account_id
        WHERE p.id = ANY(${told.map(({ id }) => id)}::bigint[]) AND p.state = 'SEALED'`;
      for (const notice of notices) await queue(transaction, notice);
      return told.length;
    }),
  );
}
