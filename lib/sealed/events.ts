/**
 * The outbox of sealed items. Each step of the table of states (specification, section 14) appends one
 * event, in the statement that makes it: what, when, of which item, and by which account where there is
 * one; never anything of a secret. Senders who asked for it are told from here, by mail.
 */
import 'server-only';
import { z } from 'zod';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { findRows, inTransaction } from '@/lib/server/sql';

export type EventKind =
  'SEALED' | 'CLAIMED' | 'RELEASED' | 'WRONG_PASSPHRASE' | 'OPENED' | 'BURNED' | 'EXPIRED';

/**
 * Appends an event for each row that a part of the statement returned.
 *
 * @param from what follows FROM: rows `i` of the table of items, as they are afterwards
 * @param kind of an `item_event_kind`
 */
export function appendEvents(
  from: Prisma.Sql,
  kind: Prisma.Sql,
  { actorId = Prisma.sql`NULL::uuid`, awaitsMail = Prisma.sql`false` } = {},
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO item_events (item_id, kind, actor_id, awaits_mail)
    SELECT i.id, ${kind}, ${actorId}, ${awaitsMail} FROM ${from}`;
}

export function eventKind(kind: EventKind): Prisma.Sql {
  return Prisma.sql`${kind}::item_event_kind`;
}

/** Most have the name of the state that they lead to. */
export const STATE_REACHED = Prisma.sql`i.state::text::item_event_kind`;

/**
 * The sender is to be told of what their recipient did. Not of what was erased with a restored database:
 * the operator decided that, and it may have been opened before.
 */
export const SENDER_ASKED = Prisma.sql`(i.notify_when_opened
  AND (i.state = 'CLAIMED' OR coalesce(i.burned_by IN ('RECIPIENT', 'WRONG_PASSPHRASES'), false)))`;

const BATCH = 100;

const noticeRow = z.object({
  /** Null where the account is gone. */
  to: z.string().nullable(),
  name: z.string().nullable(),
  /** The sender's own words: for whom it was, or the note; '' for neither. */
  what: z.string(),
  how: z.enum(['opened', 'recipient', 'wrong_passphrases']),
  at: z.date(),
});

/**
 * Tells the senders who asked for it of what was opened, or destroyed by their recipient. That the event
 * was dealt with and the mail itself are one transaction, and events that another instance is telling
 * of are left to it: a process that dies loses no mail and doubles none. Called after an ending and by
 * the sweeper. A claim may be released until it is settled: of one that is `settled` its sender is told
 * now, of any other once its message has ended as opened.
 *
 * @returns how many events were dealt with
 */
export function mailEvents(
  { database, queueMail, appUrl }: Pick<Context, 'database' | 'queueMail' | 'appUrl'>,
  settled: bigint | null = null,
): Promise<number> {
  return inTransaction(database, async (transaction) => {
    const notices = await findRows(
      transaction,
      noticeRow,
      Prisma.sql`
        WITH due AS (
          SELECT e.id FROM item_events e JOIN sealed_items i ON i.id = e.item_id
          WHERE e.awaits_mail
            AND (e.kind <> 'CLAIMED' OR i.state = 'OPENED' OR i.id = ${settled}::bigint)
          LIMIT ${BATCH}::int FOR UPDATE OF e SKIP LOCKED
        ), told AS (
          UPDATE item_events e SET awaits_mail = false FROM due WHERE e.id = due.id
          RETURNING e.item_id
        )
        SELECT a.email AS "to", a.name AS "name",
          CASE WHEN i.recipient <> '' THEN i.recipient ELSE i.note END AS "what",
          CASE WHEN i.state = 'BURNED' THEN lower(i.burned_by::text) ELSE 'opened' END AS "how",
          coalesce(i.claimed_at, i.ended_at) AS "at"
        FROM told JOIN sealed_items i ON i.id = told.item_id
          LEFT JOIN accounts a ON a.id = i.sender_id`,
    );
    const dashboardLink = `${appUrl}/dashboard`;
    for (const { to, name, what, how, at } of notices) {
      if (to === null || name === null) continue;
      const told = { to, name, what, dashboardLink };
      await queueMail(
        transaction,
        how === 'opened'
          ? { template: 'secretOpened', ...told, openedAt: at }
          : { template: 'secretDestroyed', ...told, by: how, destroyedAt: at },
      );
    }
    return notices.length;
  });
}

/** Tells of an ending that is stored already: what fails here is done by the sweeper. */
export function tellSender(context: Context, settled: bigint | null = null): void {
  context.afterwards(() => mailEvents(context, settled));
}
