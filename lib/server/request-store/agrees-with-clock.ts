import 'server-only';
import type { Lifetime } from '@/lib/requests/ports';
import { Prisma } from '../prisma-client/client';
import { instant } from './row';

/** Seconds by which the caller may be wrong about the database's clock. */
const CLOCK_TOLERANCE = 2;

/** Whether a lifetime from now on ends when the caller reckons, by the database's clock. */
export function agreesWithClock({ lifetime, expiresAtMs }: Lifetime): Prisma.Sql {
  return Prisma.sql`abs(extract(epoch FROM
    clock_timestamp() + ${lifetime}::int * interval '1 second' - ${instant(expiresAtMs)}
  )) <= ${CLOCK_TOLERANCE}::int`;
}
