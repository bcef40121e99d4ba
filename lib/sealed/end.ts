/** How items end but by being read: a person destroys one, its request ends, or its time passes. */
import 'server-only';
import { z } from 'zod';
import type { Context } from '@/lib/server/context';
import { countLocatedEnding } from '@/lib/server/history/history-conditions';
import { recordErased } from '@/lib/server/history/record-ending';
import { Prisma, type PrismaClient } from '@/lib/server/prisma-client/client';
import { execute, findRow, inTransaction, theRow, type Database } from '@/lib/server/sql';
import { appendEvents, STATE_REACHED, SENDER_ASKED, tellSender } from './events';
import {
  ERASED,
  IS_LIVE,
  MADE_BEFORE_RESTORE,
  ITEM_COLUMNS,
  itemRow,
  type ItemRecord,
} from './item';

export type Cause = 'SENDER' | 'RECIPIENT' | 'REQUEST_END' | 'RESTORE';

/**
 * How an item that has not ended ends. What was claimed was opened, and its lease ends now: after this
 * statement nobody reads anything. Of what is kept closed after the database was restored nobody can
 * tell whether it was opened, so it ends as erased for that. What its time has passed by ends by that,
 * and a reply's time is its request's.
 */
function ended(cause: Cause): Prisma.Sql {
  const burnedBy = Prisma.sql`(CASE
    WHEN i.state = 'CLAIMED' THEN NULL
    WHEN ${MADE_BEFORE_RESTORE} THEN 'RESTORE'
    WHEN i.expires_at > clock_timestamp() THEN ${cause}::text
    WHEN i.request_id IS NOT NULL THEN 'REQUEST_END' END)::burned_by`;
  return Prisma.sql`
    burned_by = ${burnedBy},
    state = (CASE
      WHEN i.state = 'CLAIMED' THEN 'OPENED'
      WHEN ${burnedBy} IS NULL THEN 'EXPIRED'
      ELSE 'BURNED' END)::item_state,
    ${ERASED}`;
}

/**
 * Ends an item for good, for a person. An ended one stays as it is.
 *
 * @param which the row, for one who may end it
 * @param actorId UUID, of an account that does it
 * @returns the row as it is afterwards; null: no such row or wrong proof
 */
export async function destroy(
  context: Context,
  which: Prisma.Sql,
  cause: 'SENDER' | 'RECIPIENT',
  actorId: string | null = null,
): Promise<ItemRecord | null> {
  const expected = await context.history.expectedEndings();
  const row = await findRow(
    context.database,
    itemRow.extend({ endings: z.bigint().nullable() }),
    Prisma.sql`
      WITH located AS (
        SELECT i.*, CASE WHEN ${IS_LIVE} THEN 'end' END AS verdict
        FROM sealed_items i WHERE ${which} FOR UPDATE
      ), ended AS (
        UPDATE sealed_items i SET ${ended(cause)}, ended_at = clock_timestamp()
        FROM located WHERE i.id = located.id AND located.verdict = 'end'
        RETURNING i.*, located.verdict
      ), event AS (
        ${appendEvents(Prisma.sql`ended i`, STATE_REACHED, {
          actorId: Prisma.sql`${actorId}::uuid`,
          awaitsMail: SENDER_ASKED,
        })}
      ), result AS (
        SELECT * FROM ended UNION ALL SELECT * FROM located WHERE located.verdict IS NULL
      ), ending AS (${countLocatedEnding(expected)})
      SELECT ${ITEM_COLUMNS}, ending.endings AS "endings"
      FROM result i LEFT JOIN ending ON true`,
  );
  if (row === null) return null;
  await recordErased(context.history, row.endings);
  if (row.notifyWhenOpened) tellSender(context);
  return row;
}

/** Ends those of the rows that have not ended. @returns how many */
export function endAll(database: Database, which: Prisma.Sql, cause: Cause): Promise<number> {
  return endRows(
    database,
    Prisma.sql`${ended(cause)}, ended_at = clock_timestamp()`,
    Prisma.sql`${IS_LIVE} AND ${which}`,
  );
}

function endRows(database: Database, set: Prisma.Sql, which: Prisma.Sql): Promise<number> {
  return execute(
    database,
    Prisma.sql`
      WITH ended AS (UPDATE sealed_items i SET ${set} WHERE ${which} RETURNING i.*)
      ${appendEvents(Prisma.sql`ended i`, STATE_REACHED)}`,
  );
}

export const SWEEP_BATCH = 500;
/** Any number that nothing else on this database locks. */
const SWEEPER_LOCK = 7_325_768_001;

/**
 * Erases what has ended. Nothing depends on it being on time: every reading
 * statement checks expiry and lease for itself. Bounded batches keep each
 * transaction short, and rows that another transaction holds are left for the next one.
 *
 * @returns the number of rows touched by one batch of each kind; null where another instance sweeps
 */
export function sweepBatch(
  database: PrismaClient,
  liveEpochs: readonly string[],
): Promise<number | null> {
  return inTransaction(database, async (transaction) => {
    const { isHeld } = await theRow(
      transaction,
      z.object({ isHeld: z.boolean() }),
      Prisma.sql`SELECT pg_try_advisory_xact_lock(${BigInt(SWEEPER_LOCK)}::bigint) AS "isHeld"`,
    );
    if (!isHeld) return null;
    const expired = await endRows(
      transaction,
      Prisma.sql`${ended('REQUEST_END')}, ended_at = i.expires_at`,
      inBatch(Prisma.sql`i.state = 'SEALED' AND i.expires_at <= clock_timestamp()`),
    );
    const lapsed = await endRows(
      transaction,
      Prisma.sql`state = 'OPENED', ended_at = i.claimed_at, ${ERASED}`,
      inBatch(Prisma.sql`i.state = 'CLAIMED' AND i.lease_until <= clock_timestamp()`),
    );
    // Without its epoch's server key a message can't even be asked for. A reply goes with its request.
    const gone = Prisma.sql`NOT (${IS_LIVE}) AND i.request_id IS NULL
      AND NOT (i.epoch = ANY(${[...liveEpochs]}::text[]))`;
    const deleted = await execute(
      transaction,
      Prisma.sql`DELETE FROM sealed_items i WHERE ${inBatch(gone)}`,
    );
    return expired + lapsed + deleted;
  });
}

function inBatch(which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`i.id IN (
    SELECT i.id FROM sealed_items i WHERE ${which} LIMIT ${SWEEP_BATCH}::int FOR UPDATE SKIP LOCKED)`;
}
