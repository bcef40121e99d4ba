/** What of accounts is erased once it is of no use any more. */
import 'server-only';
import { Prisma } from '@/lib/server/prisma-client/client';
import { execute, type Database } from '@/lib/server/sql';
import { sweepGuesses } from './guesses';
import { SESSION_IDLE_LIFETIME } from './policy';
import { sweepVaultShares } from './vault';

/** What of a link is over, but not so new that it is counted against how many may be asked for in an hour. */
const SPENT_LINK = Prisma.sql`(used_at IS NOT NULL OR expires_at <= clock_timestamp())
  AND created_at <= clock_timestamp() - interval '1 hour'`;

/**
 * Sessions, invitations and links that let nobody in any more: they name devices, and addresses of
 * people who may never have had an account. What a transaction holds waits for the next time.
 */
const OVER: readonly (readonly [table: Prisma.Sql, which: Prisma.Sql])[] = [
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

export async function sweepAccounts(database: Database): Promise<void> {
  await sweepGuesses(database);
  await sweepVaultShares(database);
  for (const [table, which] of OVER) {
    await execute(
      database,
      Prisma.sql`
        DELETE FROM ${table} WHERE id IN (
          SELECT id FROM ${table} WHERE ${which} FOR UPDATE SKIP LOCKED)`,
    );
  }
}
