/**
 * How requests end: by their manager (`manage.ts`), with their last reader, and by their time. One
 * that ends loses its key, its seeds and what came unread.
 */
import 'server-only';
import { z } from 'zod';
import { Prisma, type PrismaClient } from '@/lib/server/prisma-client/client';
import { execute, findRows, inTransaction, theRow } from '@/lib/server/sql';
import { endAll } from '@/lib/sealed/end';

const idRow = z.object({ id: z.bigint() });

/** `r` is the table's alias. */
export const HAS_READER = Prisma.sql`EXISTS (
  SELECT 1 FROM request_readers rr WHERE rr.request_id = r.id)`;

/**
 * Ends requests. Seeds and replies are erased by statements of their own, after the one that ends the
 * requests and in its transaction: a reply that came until then is seen by these, and none comes after.
 *
 * @param which a condition on `r`
 * @returns how many ended
 */
export async function endRequests(
  transaction: Prisma.TransactionClient,
  which: Prisma.Sql,
): Promise<number> {
  const ended = await findRows(
    transaction,
    idRow,
    Prisma.sql`
      UPDATE requests r SET state = 'ENDED', public_key = NULL,
        ended_at = least(r.keep_until, clock_timestamp())
      WHERE ${which} RETURNING r.id`,
  );
  if (ended.length === 0) return 0;
  const ids = Prisma.sql`ANY(${ended.map(({ id }) => id)}::bigint[])`;
  await endAll(transaction, Prisma.sql`i.request_id = ${ids}`, 'REQUEST_END');
  await execute(
    transaction,
    Prisma.sql`UPDATE request_readers rr SET sealed_seed = ''::bytea WHERE rr.request_id = ${ids}`,
  );
  return ended.length;
}

/*
 * What becomes of requests when one of their readers stops being one of any: the account goes, or
 * its vault. Rules: the account's row is held already, so that it is made a reader of nothing more;
 * the requests concerned are held next, in one order; who is left is counted in a statement after
 * that. One that no account can read ends with its last reader, and what came unread is erased.
 */

/**
 * The requests that the account reads or made, or of which it has opened a reply, held until the
 * transaction ends (see `access.ts`): with the account, its name goes from all of them.
 */
export async function holdRequestsOf(
  transaction: Prisma.TransactionClient,
  accountId: string,
): Promise<readonly bigint[]> {
  const held = await findRows(
    transaction,
    idRow,
    Prisma.sql`
      SELECT r.id FROM requests r
      WHERE r.created_by_id = ${accountId}::uuid OR r.id IN (
        SELECT request_id FROM request_readers WHERE account_id = ${accountId}::uuid
        UNION SELECT request_id FROM sealed_items WHERE claimed_by_id = ${accountId}::uuid)
      ORDER BY r.id FOR UPDATE`,
  );
  return held.map(({ id }) => id);
}

/** Of the requests that are held, those that the account reads. */
export async function findReadBy(
  transaction: Prisma.TransactionClient,
  accountId: string,
): Promise<readonly bigint[]> {
  const rows = await findRows(
    transaction,
    idRow,
    Prisma.sql`
      SELECT request_id AS id FROM request_readers WHERE account_id = ${accountId}::uuid`,
  );
  return rows.map(({ id }) => id);
}

/** Their managers took no reader off: their pages say that one reads no more. */
export async function noteLostReader(
  transaction: Prisma.TransactionClient,
  ids: readonly bigint[],
): Promise<void> {
  await execute(
    transaction,
    Prisma.sql`
      UPDATE requests SET reader_lost_at = clock_timestamp()
      WHERE id = ANY(${[...ids]}::bigint[]) AND state <> 'ENDED'`,
  );
}

/** Ends those of the requests that have no reader any more. */
export async function endWithoutReaders(
  transaction: Prisma.TransactionClient,
  ids: readonly bigint[],
): Promise<void> {
  await endRequests(
    transaction,
    Prisma.sql`r.id = ANY(${[...ids]}::bigint[]) AND r.state <> 'ENDED' AND NOT ${HAS_READER}`,
  );
}

/** A request may have fifty replies of a megabyte: fewer at once than of messages. */
const REQUEST_BATCH = 50;
/** Any number that nothing else on this database locks. */
const SWEEPER_LOCK = 7_325_768_002;

/**
 * Erases requests whose time is over, or which no account can read, with what came unread. Nothing depends on it
 * being on time: every reading statement checks for itself. Bounded batches keep each transaction
 * short, and rows that another one is using wait for the next.
 *
 * @returns the number of rows touched by one batch of each kind; null where another instance sweeps
 */
export async function sweepRequestBatch(
  client: PrismaClient,
  liveEpochs: readonly string[],
): Promise<number | null> {
  return inTransaction(client, async (transaction) => {
    const lock = await theRow(
      transaction,
      z.object({ isHeld: z.boolean() }),
      Prisma.sql`SELECT pg_try_advisory_xact_lock(${BigInt(SWEEPER_LOCK)}::bigint) AS "isHeld"`,
    );
    if (!lock.isHeld) return null;
    const ended = await endRequests(
      transaction,
      inBatch(Prisma.sql`r.state <> 'ENDED'
        AND (r.keep_until <= clock_timestamp() OR NOT ${HAS_READER})`),
    );
    // Without its epoch's server key no link names a request any more, and what is left of an ended
    // one is of no use.
    const deleted = await execute(
      transaction,
      Prisma.sql`DELETE FROM requests r WHERE ${inBatch(Prisma.sql`r.state = 'ENDED'
        AND NOT (r.epoch = ANY(${[...liveEpochs]}::text[]))`)}`,
    );
    return ended + deleted;
  });
}

function inBatch(which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`r.id IN (
    SELECT r.id FROM requests r WHERE ${which} LIMIT ${REQUEST_BATCH}::int FOR UPDATE SKIP LOCKED)`;
}
