/** Whose session a cookie is. */
import 'server-only';
import type { Role } from '@/lib/accounts/outcomes';
import { SESSION_IDLE_LIFETIME } from '@/lib/accounts/policy';
import type { Staff } from '@/lib/accounts/ports';
import { guarded } from '../database-errors';
import { isBehind } from '../history/history-conditions';
import type { HistoryGuard } from '../history/history-guard';
import type { PrismaClient } from '../prisma-client/client';

interface StaffRow {
  accountId: string;
  sessionId: string;
  name: string;
  email: string;
  role: Role;
  hasSecondFactor: boolean;
  wasSecondFactorReset: boolean;
  vaultLockMinutes: number;
}

/**
 * Whose session a cookie is, if it has not ended, by the database's clock. One
 * statement, which also notes that the session was seen, once a minute at most.
 *
 * A copy that was put in the database's place brings ended sessions back, so the same statement
 * compares how far the database has come with the mark, which costs a page one small file and no
 * round trip. Only where it finds nobody is the history asked itself: a copy is noticed by that, and
 * who holds an ended session, which few do, waits for one statement more.
 *
 * @throws DatabaseAway or MarkError: nobody is taken for signed out where that can't be told
 */
export async function findStaff(
  client: PrismaClient,
  history: Pick<HistoryGuard, 'expectedEndings' | 'notice'>,
  tokenHash: Uint8Array,
): Promise<Staff | null> {
  const expected = await history.expectedEndings();
  const rows = await guarded(
    () => client.$queryRaw<StaffRow[]>`
      WITH found AS (
        SELECT s.id, s.account_id, s.last_seen_at FROM sessions s
        WHERE s.token_hash = ${Buffer.from(tokenHash)}::bytea
          AND s.expires_at > clock_timestamp()
          AND s.last_seen_at > clock_timestamp()
            - ${SESSION_IDLE_LIFETIME}::int * interval '1 second'
          AND NOT ${isBehind(expected)}
      ), seen AS (
        UPDATE sessions s SET last_seen_at = clock_timestamp() FROM found
        WHERE s.id = found.id AND found.last_seen_at < clock_timestamp() - interval '1 minute'
      )
      SELECT a.id AS "accountId", found.id AS "sessionId", a.name, a.email, a.role::text AS "role",
        a.totp_enabled_at IS NOT NULL AS "hasSecondFactor",
        a.second_factor_reset_at IS NOT NULL AS "wasSecondFactorReset",
        a.vault_lock_minutes AS "vaultLockMinutes"
      FROM found JOIN accounts a ON a.id = found.account_id`,
  );
  const staff = rows[0] ?? null;
  if (staff === null) await history.notice();
  return staff;
}
