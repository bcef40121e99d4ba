/**
 * What a database that was restored from an older copy means for accounts. What ends then, a trigger
 * of the database ends with the statement that notices it; here the owners are told.
 */
import 'server-only';
import { z } from 'zod';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import {
  execute,
  findRow,
  findRows,
  inTransaction,
  isoTime,
  theRow,
  type Database,
} from '@/lib/server/sql';
import { tellAccessChange } from './notices';
import type { RestoredAccounts } from './views';

/** Tells the owners of the copy by mail, once for each time, by whichever instance comes first. */
export async function tellOwners(
  context: Pick<Context, 'database' | 'queueMail' | 'appUrl'>,
): Promise<void> {
  await inTransaction(context.database, async (database) => {
    const told = await execute(
      database,
      Prisma.sql`
        UPDATE history SET owners_told_at = clock_timestamp()
        WHERE went_back_at IS NOT NULL AND owners_told_at IS NULL`,
    );
    if (told !== 1) return;
    const owners = await findRows(
      database,
      z.object({ email: z.string(), name: z.string() }),
      Prisma.sql`SELECT email, name FROM accounts WHERE role = 'OWNER'`,
    );
    for (const owner of owners) {
      await tellAccessChange({ ...context, database }, owner, 'database_restored');
    }
  });
}

const restoredRow = z.object({ noticedAt: z.string(), copyOf: z.string().nullable() });

/** For owners, until one of them says that they looked through the members; null otherwise. */
export function findRestoredAccounts(database: Database): Promise<RestoredAccounts | null> {
  return findRow(
    database,
    restoredRow,
    Prisma.sql`
      SELECT ${isoTime(Prisma.sql`went_back_at`)} AS "noticedAt",
        ${isoTime(Prisma.sql`copy_of`)} AS "copyOf"
      FROM history WHERE went_back_at IS NOT NULL AND members_checked_at IS NULL`,
  );
}

/** False when the account that asks is no owner's (any more). */
export async function confirmMembersChecked(database: Database, ownerId: string): Promise<boolean> {
  const { mayAct } = await theRow(
    database,
    z.object({ mayAct: z.boolean() }),
    Prisma.sql`
      WITH owner AS (
        SELECT id FROM accounts WHERE id = ${ownerId}::uuid AND role = 'OWNER' FOR SHARE
      ), checked AS (
        UPDATE history SET members_checked_at = clock_timestamp()
        WHERE went_back_at IS NOT NULL AND EXISTS (SELECT 1 FROM owner)
      )
      SELECT EXISTS (SELECT 1 FROM owner) AS "mayAct"`,
  );
  return mayAct;
}
