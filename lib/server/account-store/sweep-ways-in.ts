import 'server-only';
import { SESSION_IDLE_LIFETIME } from '@/lib/accounts/policy';
import { guarded } from '../database-errors';
import { Prisma } from '../prisma-client/client';

/** What of a link is over, but not so new that it is counted against how many may be asked for in an hour. */
const SPENT_LINK = Prisma.sql`(used_at IS NOT NULL OR expires_at <= clock_timestamp())
  AND created_at <= clock_timestamp() - interval '1 hour'`;

/**
 * Erases sessions, invitations and links that let nobody in any more: they name devices, and addresses
 * of people who may never have had an account. What somebody is using waits for the next time.
 */
export async function sweepWaysIn(client: Prisma.TransactionClient): Promise<void> {
  const over: readonly (readonly [table: Prisma.Sql, which: Prisma.Sql])[] = [
    [
      Prisma.sql`sessions`,
      Prisma.sql`expires_at <= clock_timestamp() OR last_seen_at
        <= clock_timestamp() - ${SESSION_IDLE_LIFETIME}::int * interval '1 second'`,
    ],
    [
      Prisma.sql`invitations`,
      Prisma.sql`accepted_at IS NOT NULL OR revoked_at IS NOT NULL
        OR expires_at <= clock_timestamp()`,
    ],
    [Prisma.sql`account_recoveries`, SPENT_LINK],
    [Prisma.sql`email_changes`, SPENT_LINK],
  ];
  for (const [table, which] of over) {
    await guarded(
      () => client.$executeRaw`
        DELETE FROM ${table} WHERE id IN (
          SELECT id FROM ${table} WHERE ${which} FOR UPDATE SKIP LOCKED)`,
    );
  }
}
