/**
 * What a database that went back in time means for accounts. What ends then, a trigger of the database
 * ends with the statement that notices it; here the owners are told.
 */
import 'server-only';
import type { Addressee } from '@/lib/accounts/mail-ports';
import type { RestoredAccounts } from '@/lib/accounts/views';
import { guarded } from '../database-errors';
import type { Prisma, PrismaClient } from '../prisma-client/client';

/** Puts a notice to an owner into the queue. */
export type TellOwner = (
  transaction: Prisma.TransactionClient,
  owner: Addressee,
) => Promise<unknown>;

/** Tells the owners of the copy by mail, once for each time, by whichever instance comes first. */
export async function tellOwners(client: PrismaClient, tell: TellOwner): Promise<void> {
  await guarded(() =>
    client.$transaction(async (transaction) => {
      const told = await transaction.$executeRaw`
        UPDATE history SET owners_told_at = clock_timestamp()
        WHERE went_back_at IS NOT NULL AND owners_told_at IS NULL`;
      if (told !== 1) return;
      const owners = await transaction.account.findMany({
        where: { role: 'OWNER' },
        select: { email: true, name: true },
      });
      for (const owner of owners) await tell(transaction, owner);
    }),
  );
}

/** For owners, until one of them says that they looked through the members; null otherwise. */
export async function findRestoredAccounts(client: PrismaClient): Promise<RestoredAccounts | null> {
  const rows = await guarded(
    () => client.$queryRaw<{ noticedAt: Date; copyOf: Date | null }[]>`
      SELECT went_back_at AS "noticedAt", copy_of AS "copyOf" FROM history
      WHERE went_back_at IS NOT NULL AND members_checked_at IS NULL`,
  );
  const row = rows[0];
  if (row === undefined) return null;
  const copyOf = row.copyOf === null ? null : row.copyOf.toISOString();
  return { noticedAt: row.noticedAt.toISOString(), copyOf };
}

/** False when whoever asks is no owner (any more). */
export async function confirmMembersChecked(
  client: PrismaClient,
  ownerId: string,
): Promise<boolean> {
  const rows = await guarded(
    () => client.$queryRaw<{ mayAct: boolean }[]>`
      WITH owner AS (
        SELECT id FROM accounts WHERE id = ${ownerId}::uuid AND role = 'OWNER' FOR SHARE
      ), checked AS (
        UPDATE history SET members_checked_at = clock_timestamp()
        WHERE went_back_at IS NOT NULL AND EXISTS (SELECT 1 FROM owner)
      )
      SELECT EXISTS (SELECT 1 FROM owner) AS "mayAct"`,
  );
  return rows[0]?.mayAct === true;
}
