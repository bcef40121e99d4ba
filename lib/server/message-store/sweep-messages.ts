/**
 * Erasing what has ended. Nothing depends on it being on time: every reading
 * statement checks expiry and lease for itself. Bounded batches keep each
 * transaction short, and rows that somebody is using are left for the next one.
 */
import 'server-only';
import { WRONG_PASSPHRASE_LIMIT } from '@/lib/messages/policy';
import { guarded } from '../database-errors';
import { Prisma, type PrismaClient } from '../prisma-client/client';
import { ERASED_COLUMNS, IS_REFUSED } from './row';

export const SWEEP_BATCH = 500;
/** Seconds after which a begun passphrase try has died with its process. */
const LOST_TRY_AFTER = 60;
/** Any number that nothing else on this database locks. */
const SWEEPER_LOCK = 7_325_768_001;

/** One batch of each kind; the number of rows touched, or null where another instance is sweeping. */
export async function sweepBatch(
  client: PrismaClient,
  liveEpochs: readonly string[],
): Promise<number | null> {
  return guarded(() =>
    client.$transaction(async (transaction) => {
      const locks = await transaction.$queryRaw<{ held: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(${BigInt(SWEEPER_LOCK)}::bigint) AS "held"`;
      if (locks[0]?.held !== true) return null;
      let touched = 0;
      for (const statement of statements(liveEpochs)) {
        touched += await transaction.$executeRaw(statement);
      }
      return touched;
    }),
  );
}

function statements(liveEpochs: readonly string[]): Prisma.Sql[] {
  return [
    Prisma.sql`
      UPDATE messages m SET
        state = (CASE WHEN ${IS_REFUSED} THEN 'BURNED' ELSE 'EXPIRED' END)::message_state,
        burned_by = (CASE WHEN ${IS_REFUSED} THEN 'RESTORE' END)::burned_by,
        ended_at = m.expires_at, ${ERASED_COLUMNS}
      WHERE m.id IN (${batch(Prisma.sql`state = 'SEALED' AND expires_at <= clock_timestamp()`)})`,
    Prisma.sql`
      UPDATE messages m SET state = 'OPENED', ended_at = m.claimed_at, ${ERASED_COLUMNS}
      WHERE m.id IN (${batch(Prisma.sql`state = 'CLAIMED' AND lease_until <= clock_timestamp()`)})`,
    Prisma.sql`
      UPDATE messages m SET passphrase_tries = m.wrong_passphrases
      WHERE m.id IN (${batch(Prisma.sql`state = 'SEALED' AND seal = 'SERVER'
        AND passphrase_tries > wrong_passphrases AND wrong_passphrases < ${WRONG_PASSPHRASE_LIMIT}::int
        AND last_try_at <= clock_timestamp() - ${LOST_TRY_AFTER}::int * interval '1 second'`)})`,
    // Without its epoch's server key a row can't be opened or even asked for.
    Prisma.sql`
      DELETE FROM messages m
      WHERE m.id IN (${batch(Prisma.sql`state NOT IN ('SEALED', 'CLAIMED')
        AND NOT (epoch = ANY(${[...liveEpochs]}::text[]))`)})`,
  ];
}

function batch(where: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT id FROM messages WHERE ${where} LIMIT ${SWEEP_BATCH}::int
    FOR UPDATE SKIP LOCKED`;
}
