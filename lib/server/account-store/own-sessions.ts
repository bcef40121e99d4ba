import 'server-only';
import type { SessionView } from '@/lib/accounts/views';
import { SESSION_IDLE_LIFETIME } from '@/lib/accounts/policy';
import { guarded } from '../database-errors';
import type { Prisma } from '../prisma-client/client';

/** The sessions that a cookie can still be of, by the same rule as `findStaff`. */
export async function listSessions(
  client: Prisma.TransactionClient,
  accountId: string,
): Promise<readonly SessionView[]> {
  const rows = await guarded(
    () => client.$queryRaw<{ id: string; device: string; createdAt: Date; lastSeenAt: Date }[]>`
      SELECT id, device, created_at AS "createdAt", last_seen_at AS "lastSeenAt" FROM sessions
      WHERE account_id = ${accountId}::uuid AND expires_at > clock_timestamp()
        AND last_seen_at > clock_timestamp() - ${SESSION_IDLE_LIFETIME}::int * interval '1 second'
      ORDER BY last_seen_at DESC, created_at DESC`,
  );
  return rows.map(({ id, device, createdAt, lastSeenAt }) => ({
    id,
    device,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }));
}

/** The account is part of the condition: a guessed id of somebody else's session ends nothing. */
export async function endOwnSession(
  client: Prisma.TransactionClient,
  accountId: string,
  sessionId: string,
): Promise<void> {
  await guarded(
    () => client.$executeRaw`
      DELETE FROM sessions WHERE id = ${sessionId}::uuid AND account_id = ${accountId}::uuid`,
  );
}

export async function endOtherSessions(
  client: Prisma.TransactionClient,
  accountId: string,
  keptSessionId: string,
): Promise<void> {
  await guarded(
    () => client.$executeRaw`
      DELETE FROM sessions
      WHERE account_id = ${accountId}::uuid AND id <> ${keptSessionId}::uuid`,
  );
}
