import 'server-only';
import type { NewSession } from '@/lib/accounts/ports';
import { SESSION_LIFETIME } from '@/lib/accounts/policy';
import { guarded } from '../database-errors';
import type { PrismaClient } from '../prisma-client/client';

export async function createSession(
  client: PrismaClient,
  accountId: string,
  { tokenHash, device }: NewSession,
): Promise<string> {
  const rows = await guarded(
    () => client.$queryRaw<{ id: string }[]>`
      INSERT INTO sessions (account_id, token_hash, device, expires_at)
      VALUES (${accountId}::uuid, ${Buffer.from(tokenHash)}::bytea, ${device}::text,
        clock_timestamp() + ${SESSION_LIFETIME}::int * interval '1 second')
      RETURNING id`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('A statement that always answers did not.');
  return row.id;
}

export async function endSession(client: PrismaClient, tokenHash: Uint8Array): Promise<void> {
  await guarded(
    () => client.$executeRaw`
      DELETE FROM sessions WHERE token_hash = ${Buffer.from(tokenHash)}::bytea`,
  );
}
