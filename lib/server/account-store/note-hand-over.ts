import 'server-only';
import type { MemberStore } from '@/lib/accounts/member-ports';
import { HAND_OVER_AGAIN } from '@/lib/accounts/policy';
import { guarded } from '../database-errors';
import type { Prisma } from '../prisma-client/client';

/** One statement, so that of any number of owners who ask at the same moment one is told on. */
export async function noteHandOver(
  client: Prisma.TransactionClient,
  ownerId: string,
  accountId: string,
): ReturnType<MemberStore['noteHandOver']> {
  const rows = await guarded(
    () => client.$queryRaw<{ mayAct: boolean; isKnown: boolean; isNoted: boolean }[]>`
      WITH owner AS (
        SELECT id FROM accounts WHERE id = ${ownerId}::uuid AND role = 'OWNER'
      ), noted AS (
        UPDATE accounts SET hand_over_asked_at = clock_timestamp()
        WHERE id = ${accountId}::uuid AND EXISTS (SELECT 1 FROM owner) AND coalesce(
          hand_over_asked_at < clock_timestamp() - ${HAND_OVER_AGAIN}::int * interval '1 second',
          true
        )
        RETURNING id
      )
      SELECT EXISTS (SELECT 1 FROM owner) AS "mayAct", EXISTS (SELECT 1 FROM noted) AS "isNoted",
        EXISTS (SELECT 1 FROM accounts WHERE id = ${accountId}::uuid) AS "isKnown"`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('A statement that always answers did not.');
  if (!row.mayAct) return 'not_allowed';
  if (row.isNoted) return 'noted';
  return row.isKnown ? 'hand_over_asked' : 'member_unknown';
}
