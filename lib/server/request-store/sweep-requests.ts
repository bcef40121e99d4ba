/**
 * Erasing requests and replies whose time is over, or which nobody can read. Nothing depends on it being
 * on time: every reading statement checks for itself. Bounded batches keep
 * each transaction short, and rows that somebody is using wait for the next.
 */
import 'server-only';
import { guarded } from '../database-errors';
import type { PrismaClient } from '../prisma-client/client';
import { eraseRequests } from './erase-requests';
import { ERASED_REPLY_COLUMNS } from './row';
import { HAS_READER } from './without-readers';

/** A request may have fifty replies of a megabyte: fewer at once than of messages. */
const REQUEST_BATCH = 50;
const REPLY_BATCH = 500;
/** Any number that nothing else on this database locks. */
const SWEEPER_LOCK = 7_325_768_002;

/** One batch of each kind; the number of rows touched, or null where another instance is sweeping. */
export async function sweepRequestBatch(
  client: PrismaClient,
  liveEpochs: readonly string[],
): Promise<number | null> {
  return guarded(() =>
    client.$transaction(async (transaction) => {
      const locks = await transaction.$queryRaw<{ held: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(${BigInt(SWEEPER_LOCK)}::bigint) AS "held"`;
      if (locks[0]?.held !== true) return null;

      const ended = await transaction.$queryRaw<{ id: bigint }[]>`
        UPDATE requests r SET state = 'ENDED', public_key = NULL,
          ended_at = least(r.keep_until, clock_timestamp())
        WHERE r.id IN (
          SELECT r.id FROM requests r
          WHERE r.state <> 'ENDED' AND (r.keep_until <= clock_timestamp() OR NOT ${HAS_READER})
          LIMIT ${REQUEST_BATCH}::int FOR UPDATE SKIP LOCKED)
        RETURNING r.id`;
      const ids = ended.map(({ id }) => id);
      if (ids.length > 0) await eraseRequests(transaction, ids);

      const lapsed = await transaction.$executeRaw`
        UPDATE replies p SET state = 'OPENED', ended_at = p.claimed_at, ${ERASED_REPLY_COLUMNS}
        WHERE p.id IN (
          SELECT id FROM replies WHERE state = 'CLAIMED' AND lease_until <= clock_timestamp()
          LIMIT ${REPLY_BATCH}::int FOR UPDATE SKIP LOCKED)`;

      // Without its epoch's server key nobody can ask for a request by its link, and what is
      // left of an ended one is of no use to anybody.
      const deleted = await transaction.$executeRaw`
        DELETE FROM requests r WHERE r.id IN (
          SELECT id FROM requests WHERE state = 'ENDED'
            AND NOT (epoch = ANY(${[...liveEpochs]}::text[]))
          LIMIT ${REQUEST_BATCH}::int FOR UPDATE SKIP LOCKED)`;
      return ids.length + lapsed + deleted;
    }),
  );
}
