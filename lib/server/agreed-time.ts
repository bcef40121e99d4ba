/**
 * Times that this process reckons and the database decides. What is sealed or kept is bound to its
 * expiry before it is stored, so the expiry has to be known before; but only the database's clock
 * counts. So its statement does nothing where that clock does not agree, and says what it shows.
 */
import 'server-only';
import type { Context } from './context';
import { DatabaseAway } from './database-errors';
import { Prisma } from './prisma-client/client';

/** Seconds by which an expiry may be later than the database's clock gives. */
const TOO_LATE = 2;
/**
 * Seconds by which it may be earlier: it was reckoned before the statement, and a machine under load
 * may take its time in between. Nothing then lives for longer than it was promised.
 */
const TOO_EARLY = 15;

/** Whether a lifetime (seconds) from now on ends when the caller reckons, by the database's clock. */
export function agreesWithClock({
  lifetime,
  expiresAtMs,
}: {
  readonly lifetime: number;
  readonly expiresAtMs: number;
}): Prisma.Sql {
  return Prisma.sql`extract(epoch FROM
    clock_timestamp() + ${lifetime}::int * interval '1 second'
      - to_timestamp(${BigInt(expiresAtMs)}::bigint / 1000.0)
  ) BETWEEN ${-TOO_LATE}::int AND ${TOO_EARLY}::int`;
}

/** What the database's clock shows, in whole milliseconds since 1970: to be read as a number. */
export const DATABASE_NOW_MS = Prisma.sql`round(extract(epoch FROM clock_timestamp()) * 1000)::float8`;

/** What was done; or what the database's clock showed as it did nothing. */
export type Attempt<Done> = { readonly done: Done } | { readonly databaseNowMs: number };

const MAX_ATTEMPTS = 4;

/**
 * Does what the database takes only if it agrees: where it does not, this process learns what the
 * database's clock shows, and everything is reckoned anew.
 *
 * @param attempt `nowMs` is the database's clock, as nearly as it is known
 */
export async function untilAgreed<Done>(
  { clock }: Pick<Context, 'clock'>,
  attempt: (nowMs: number) => Promise<Attempt<Done>>,
): Promise<Done> {
  for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts += 1) {
    const made = await attempt(clock.nowMs());
    if ('done' in made) return made.done;
    clock.learn(made.databaseNowMs);
  }
  // A machine that takes longer for each statement than a clock may be off.
  throw new DatabaseAway();
}
