/**
 * Guessing at one account. Rules: what counts is whose it is, from however many addresses it is tried;
 * browsers that have signed in to it before count apart from all others, in a few places, so that to
 * make many of them is no use; an address without an account is treated like one that has one. A try
 * is taken in one statement before it is looked at, by the database's clock, so that no number of them
 * at the same moment gets more. What is kept names nobody: neither an address nor an account, without
 * a key that the database does not have.
 */
import 'server-only';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Within } from '@/lib/server/context';
import { log } from '@/lib/server/log';
import { Prisma } from '@/lib/server/prisma-client/client';
import { execute, findRow, isoTime, theRow, type Database } from '@/lib/server/sql';
import type { FailedTriesView } from './views';

/** What is tried: a password to sign in or inside a session, a code of the app, or the first of a new one. */
export type Guessed = 'password' | 'password again' | 'code' | 'first code';

export interface Guess {
  /** The account's id; of an address without an account, the address. */
  readonly of: string;
  readonly what: Guessed;
  /** Where the tries of the browser count, if it is known to this account; null for all others together. */
  readonly by: string | null;
}

export interface FailedTry {
  readonly of: string;
  readonly what: Guessed;
  /** `slowed`: it was not looked at. */
  readonly how: 'wrong' | 'slowed';
  /** The password was right, and the code was looked at and was not. */
  readonly isAfterPassword: boolean;
}

/** What counting takes. */
type Counting = Pick<Within, 'database' | 'accountsKey'>;

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

/**
 * Of the row as it was: what is forgiven by now counts no more. A time is kept in whole milliseconds, so
 * the last try may seem to be half of one ahead: that forgives nothing, and takes nothing either.
 */
const LEVEL = Prisma.sql`greatest(0, p.level - floor(
  greatest(0, extract(epoch FROM clock_timestamp() - p.last_at)) / ${FORGIVEN}::int)::int)`;

/** Takes the next try, before it is looked at; false while it is too early for it. */
export async function takeGuess(counting: Counting, guess: Guess): Promise<boolean> {
  const subject = await subjectOf(counting, guess);
  const taken = await execute(
    counting.database,
    Prisma.sql`
      INSERT INTO guess_places AS p (subject, level, last_at)
      VALUES (${subject}::bytea, 1, clock_timestamp())
      ON CONFLICT (subject) DO UPDATE SET
        level = least(${LEVEL} + 1, ${MOST}::int), last_at = clock_timestamp()
      WHERE ${LEVEL} < ${FREE}::int OR clock_timestamp() >= p.last_at + interval '1 second'
        * least(${FIRST_WAIT}::int * power(2, ${LEVEL} - ${FREE}::int), ${LONGEST_WAIT}::int)`,
  );
  return taken === 1;
}

/** It was right, or was not looked at after all: it does not count. */
export async function giveGuessBack(counting: Counting, guess: Guess): Promise<void> {
  const subject = await subjectOf(counting, guess);
  await execute(
    counting.database,
    Prisma.sql`
      UPDATE guess_places SET level = greatest(level - 1, 0) WHERE subject = ${subject}::bytea`,
  );
}

const failedTries = z.object({ count: z.number(), since: z.string() });

const notedFailure = failedTries.extend({
  /** The first time that so many failed within an hour. */
  isFirstBurst: z.boolean(),
  isFirstWrongCode: z.boolean(),
});

export type NotedFailure = Readonly<z.output<typeof notedFailure>>;

/**
 * The operator sees in the log that guesses are made, and not at which account. The count grows with each
 * statement, so that what is told at a count is told by one of them.
 */
export async function noteFailedTry(
  counting: Counting,
  { of, what, how, isAfterPassword }: FailedTry,
): Promise<NotedFailure> {
  log.warn(how === 'wrong' ? 'try_failed' : 'try_slowed', { at: what });
  const subject = await hmac(counting, `failed ${of}`);
  const isQuiet = Prisma.sql`f.last_at < clock_timestamp() - ${QUIET}`;
  const isBurstOver = Prisma.sql`f.burst_since < clock_timestamp() - interval '1 hour'`;
  return theRow(
    counting.database,
    notedFailure,
    Prisma.sql`
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
      RETURNING f.count, ${isoTime(Prisma.sql`f.since`)} AS "since",
        coalesce(f.burst_told = f.count, false) AS "isFirstBurst",
        coalesce(f.code_told = f.count, false) AS "isFirstWrongCode"`,
  );
}

/** The password is another: what was told was about the one before, and is told again. */
export async function tellAgain(counting: Counting, accountId: string): Promise<void> {
  const subject = await hmac(counting, `failed ${accountId}`);
  await execute(
    counting.database,
    Prisma.sql`
      UPDATE failed_tries SET burst = 0, burst_told = NULL, code_told = NULL
      WHERE subject = ${subject}::bytea`,
  );
}

/** Null after a week in which nothing failed. */
export async function findFailedTries(
  counting: Counting,
  accountId: string,
): Promise<FailedTriesView | null> {
  const subject = await hmac(counting, `failed ${accountId}`);
  return findRow(
    counting.database,
    failedTries,
    Prisma.sql`
      SELECT count, ${isoTime(Prisma.sql`since`)} AS "since" FROM failed_tries
      WHERE subject = ${subject}::bytea AND last_at >= clock_timestamp() - ${QUIET}`,
  );
}

/** Erases what is of no use any more. */
export async function sweepGuesses(database: Database): Promise<void> {
  await execute(
    database,
    Prisma.sql`
      WITH places AS (
        DELETE FROM guess_places WHERE last_at < clock_timestamp() - ${PLACES_KEPT}
      )
      DELETE FROM failed_tries WHERE last_at < clock_timestamp() - ${QUIET}`,
  );
}

function subjectOf(counting: Counting, { of, what, by }: Guess): Promise<Buffer> {
  return hmac(counting, `${what}, ${by ?? 'new browsers'}, ${of}`);
}

async function hmac({ accountsKey }: Counting, text: string): Promise<Buffer> {
  return createHmac('sha256', await accountsKey('guesses'))
    .update(text)
    .digest();
}
