import 'server-only';
import { guarded } from '../database-errors';
import type { Prisma, PrismaClient } from '../prisma-client/client';

/** What a sender who asked for it is told. Nothing of the secret is in it. */
export interface EndingNotice {
  readonly email: string;
  readonly name: string;
  /** The sender's own words: for whom it was, or the note; '' for neither. */
  readonly what: string;
  readonly how: 'opened' | 'recipient' | 'wrong_passphrases';
  readonly at: Date;
}

/** Queues a mail in the very transaction that notes it as told. */
export type QueueEndingNotice = (
  transaction: Prisma.TransactionClient,
  notice: EndingNotice,
) => Promise<void>;

const BATCH = 100;

interface NoticeRow extends Omit<EndingNotice, 'at'> {
  atMs: bigint;
}

/**
 * Tells the senders who asked for it of what was opened, or destroyed by somebody
 * else, and not told of yet. That it was told and the mail itself are one
 * transaction, and rows that another instance is telling of are left to it: a
 * process that dies loses no mail and doubles none. Called after an ending and
 * by the sweeper. A claim may be undone until it is settled: of one that is `settled` its sender is
 * told now, of any other once it has ended. Of what was erased with a restored database nobody is told:
 * it was decided by whoever runs the server, and may have been opened before.
 * The condition is that of the index `messages_to_tell_of`.
 *
 * @returns how many messages were dealt with
 */
export async function noticeEndings(
  client: PrismaClient,
  queue: QueueEndingNotice,
  settled: bigint | null = null,
): Promise<number> {
  return guarded(() =>
    client.$transaction(async (transaction) => {
      const told = await transaction.$queryRaw<{ id: bigint }[]>`
        UPDATE messages m SET notified_at = clock_timestamp()
        WHERE m.id IN (
          SELECT id FROM messages
          WHERE notify_when_opened AND notified_at IS NULL
            AND (state = 'OPENED' OR (state = 'CLAIMED' AND id = ${settled}::bigint)
              OR (state = 'BURNED'
              AND burned_by IN ('RECIPIENT', 'WRONG_PASSPHRASES')))
          LIMIT ${BATCH}::int FOR UPDATE SKIP LOCKED)
        RETURNING m.id`;
      if (told.length === 0) return 0;
      const notices = await transaction.$queryRaw<NoticeRow[]>`
        SELECT a.email, a.name,
          CASE WHEN m.recipient <> '' THEN m.recipient ELSE m.note END AS "what",
          CASE WHEN m.state = 'BURNED' THEN lower(m.burned_by::text) ELSE 'opened' END AS "how",
          (extract(epoch FROM coalesce(m.claimed_at, m.ended_at)) * 1000)::bigint AS "atMs"
        FROM messages m JOIN accounts a ON a.id = m.sender_id
        WHERE m.id = ANY(${told.map(({ id }) => id)}::bigint[])`;
      for (const { atMs, ...notice } of notices) {
        await queue(transaction, { ...notice, at: new Date(Number(atMs)) });
      }
      return told.length;
    }),
  );
}
