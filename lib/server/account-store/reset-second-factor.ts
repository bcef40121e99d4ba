import 'server-only';
import type { OwnerProof } from '@/lib/accounts/member-ports';
import { guarded } from '../database-errors';
import { Prisma } from '../prisma-client/client';
import { stillSignsIn } from './still-proved';

/** Where the server itself is asked, nobody has to be an owner. */
const anybody = Prisma.sql`SELECT 1 AS one`;

/**
 * Turns the second factor of an account off and remembers that its person was not asked.
 *
 * @param owner who does; null for whoever runs the server
 */
export async function resetSecondFactor(
  client: Prisma.TransactionClient,
  owner: OwnerProof | null,
  accountId: string,
): Promise<'done' | 'changed_meanwhile' | 'not_allowed'> {
  const acting =
    owner === null
      ? anybody
      : Prisma.sql`
        SELECT 1 AS one FROM held WHERE id = ${owner.accountId}::uuid AND role = 'OWNER'
          AND ${stillSignsIn(owner)} AND id <> ${accountId}::uuid`;
  const ids = [accountId, ...(owner === null ? [] : [owner.accountId])];
  const rows = await guarded(
    () => client.$queryRaw<{ mayAct: boolean; isReset: boolean }[]>`
      WITH held AS MATERIALIZED (
        SELECT id, role, sign_in_hash, totp_enabled_at FROM accounts
        WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE
      ), acting AS (${acting}), reset AS (
        UPDATE accounts a SET totp_secret = NULL, totp_enabled_at = NULL, totp_last_step = NULL,
          second_factor_reset_at = clock_timestamp()
        FROM held WHERE a.id = held.id AND a.id = ${accountId}::uuid
          AND a.totp_enabled_at IS NOT NULL AND EXISTS (SELECT 1 FROM acting)
        RETURNING a.id
      ), erased AS (
        DELETE FROM second_factor_codes WHERE account_id IN (SELECT id FROM reset)
      )
      SELECT EXISTS (SELECT 1 FROM acting) AS "mayAct",
        EXISTS (SELECT 1 FROM reset) AS "isReset"`,
  );
  if (rows[0]?.mayAct !== true) return 'not_allowed';
  return rows[0].isReset ? 'done' : 'changed_meanwhile';
}
