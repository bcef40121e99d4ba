/**
 * How often one account may be guessed at, by the database's clock. A try is taken in one statement
 * before it is looked at, so that no number of them at the same moment gets more. What is kept names
 * nobody: neither an address nor an account, without a key that the database does not have.
 */
import 'server-only';
import { createHmac } from 'node:crypto';
import type { FailedTry, Guess, Guesses, NotedFailure } from '@/lib/accounts/guess-ports';
import type { FailedTriesView } from '@/lib/accounts/views';
import { accountsKey } from '@/lib/server/accounts/accounts-key';
import { guarded } from '../database-errors';
import { Prisma } from '../prisma-client/client';

/** Wrong tries without any wait. */
const FREE = 10;
/** Seconds to wait for the next one after those; twice as many after each, up to half an hour. */
const FIRST_WAIT = 30;
const LONGEST_WAIT = 30 * 60;
/** More wrong tries than this count no further: waits are at their longest by then. */
const MOST = FREE + 6;
/** Seconds without a try that make good for a wrong one. */
const FORGIVEN = 2 * 60 * 60;
/** Failures within an hour that are unusual: one who waits as told has as many. */
const BURST = 15;

/** After so long nothing of it is of any use. */
const PLACES_KEPT = Prisma.sql`${MOST * FORGIVEN}::int * interval '1 second'`;
const QUIET = Prisma.sql`interval '7 days'`;

export function prismaGuesses(client: Prisma.TransactionClient): Guesses {
  return {
    take: (guess) => take(client, guess),
    giveBack: (guess) => giveBack(client, guess),
    note: (failed) => note(client, failed),
    tellAgain: (accountId) => tellAgain(client, accountId),
    findFailed: (accountId) => findFailed(client, accountId),
  };
}

/** Of the row as it was: what is forgiven by now counts no more. */
const LEVEL = Prisma.sql`greatest(0, p.level
  - floor(extract(epoch FROM clock_timestamp() - p.last_at) / ${FORGIVEN}::int)::int)`;

async function take(client: Prisma.TransactionClient, guess: Guess): Promise<boolean> {
  const subject = await subjectOf(guess);
  const taken = await guarded(
    () => client.$executeRaw`
      INSERT INTO guess_places AS p (subject, level, last_at)
      VALUES (${subject}::bytea, 1, clock_timestamp())
      ON CONFLICT (subject) DO UPDATE SET
        level = least(${LEVEL} + 1, ${MOST}::int), last_at = clock_timestamp()
      WHERE ${LEVEL} < ${FREE}::int OR clock_timestamp() >= p.last_at + interval '1 second'
        * least(${FIRST_WAIT}::int * power(2, ${LEVEL} - ${FREE}::int), ${LONGEST_WAIT}::int)`,
  );
  return taken === 1;
}

async function giveBack(client: Prisma.TransactionClient, guess: Guess): Promise<void> {
  const subject = await subjectOf(guess);
  await guarded(
    () => client.$executeRaw`
      UPDATE guess_places SET level = greatest(level - 1, 0) WHERE subject = ${subject}::bytea`,
  );
}

/**
 * The count grows with each statement, so that what is told at a count is told by one of them.
 */
async function note(
  client: Prisma.TransactionClient,
  { of, isAfterPassword }: FailedTry,
): Promise<NotedFailure> {
  const subject = await hmac(`failed ${of}`);
  const isQuiet = Prisma.sql`f.last_at < clock_timestamp() - ${QUIET}`;
  const isBurstOver = Prisma.sql`f.burst_since < clock_timestamp() - interval '1 hour'`;
  const rows = await guarded(
    () => client.$queryRaw<(Omit<NotedFailure, 'since'> & { since: Date })[]>`
      INSERT INTO failed_tries AS f
        (subject, count, since, last_at, burst, burst_since, code_told)
      VALUES (${subject}::bytea, 1, clock_timestamp(), clock_timestamp(), 1, clock_timestamp(),
        CASE WHEN ${isAfterPassword}::boolean THEN 1 END)
      ON CONFLICT (subject) DO UPDATE SET
        count = CASE WHEN ${isQuiet} THEN 1 ELSE f.count + 1 END,
        since = CASE WHEN ${isQuiet} THEN clock_timestamp() ELSE f.since END,
        last_at = clock_timestamp(),
        burst = CASE WHEN ${isBurstOver} THEN 1 ELSE f.burst + 1 END,
        burst_since = CASE WHEN ${isBurstOver} THEN clock_timestamp() ELSE f.burst_since END,
        burst_told = CASE WHEN ${isQuiet} THEN NULL
          WHEN f.burst_told IS NULL AND NOT ${isBurstOver} AND f.burst + 1 >= ${BURST}::int
          THEN f.count + 1 ELSE f.burst_told END,
        code_told = CASE WHEN ${isQuiet} THEN CASE WHEN ${isAfterPassword}::boolean THEN 1 END
          WHEN f.code_told IS NULL AND ${isAfterPassword}::boolean
          THEN f.count + 1 ELSE f.code_told END
      RETURNING f.count, f.since, coalesce(f.burst_told = f.count, false) AS "isFirstBurst",
        coalesce(f.code_told = f.count, false) AS "isFirstWrongCode"`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('A failed try was not noted.');
  return { ...row, since: row.since.toISOString() };
}

async function tellAgain(client: Prisma.TransactionClient, accountId: string): Promise<void> {
  const subject = await hmac(`failed ${accountId}`);
  await guarded(
    () => client.$executeRaw`
      UPDATE failed_tries SET burst = 0, burst_told = NULL, code_told = NULL
      WHERE subject = ${subject}::bytea`,
  );
}

async function findFailed(
  client: Prisma.TransactionClient,
  accountId: string,
): Promise<FailedTriesView | null> {
  const subject = await hmac(`failed ${accountId}`);
  const rows = await guarded(
    () => client.$queryRaw<{ count: number; since: Date }[]>`
      SELECT count, since FROM failed_tries
      WHERE subject = ${subject}::bytea AND last_at >= clock_timestamp() - ${QUIET}`,
  );
  const [row] = rows;
  return row === undefined ? null : { count: row.count, since: row.since.toISOString() };
}

/** Erases what is of no use any more. */
export async function sweepGuesses(client: Prisma.TransactionClient): Promise<void> {
  await guarded(
    () => client.$executeRaw`
      WITH places AS (
        DELETE FROM guess_places WHERE last_at < clock_timestamp() - ${PLACES_KEPT}
      )
      DELETE FROM failed_tries WHERE last_at < clock_timestamp() - ${QUIET}`,
  );
}

function subjectOf({ of, what, by }: Guess): Promise<Buffer> {
  return hmac(`${what}, ${by ?? 'new browsers'}, ${of}`);
}

async function hmac(text: string): Promise<Buffer> {
  return createHmac('sha256', await accountsKey('guesses'))
    .update(text)
    .digest();
}
