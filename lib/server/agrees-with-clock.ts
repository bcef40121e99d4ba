import 'server-only';
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
