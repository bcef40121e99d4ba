import 'server-only';
import type { SignInProof } from '@/lib/accounts/own-account-ports';
import type { NewSession } from '@/lib/accounts/ports';
import { SESSION_LIFETIME } from '@/lib/accounts/policy';
import { guarded } from '../database-errors';
import type { Prisma } from '../prisma-client/client';
import { stillSignsIn } from './still-proved';

/**
 * A session for whoever proved what signing in takes. The account's row is held meanwhile: a password
 * that changes at the same moment ends this session, or there is none. The one that the
 * browser had until now ends in the same statement: its cookie is overwritten, and nobody would end it.
 */
export async function createSession(
  client: Prisma.TransactionClient,
  proof: SignInProof,
  { tokenHash, device, replaces }: NewSession,
): Promise<string | null> {
  const rows = await guarded(
    () => client.$queryRaw<{ id: string }[]>`
      WITH account AS (
        SELECT id FROM accounts
        WHERE id = ${proof.accountId}::uuid AND ${stillSignsIn(proof)} FOR UPDATE
      ), replaced AS (
        DELETE FROM sessions
        WHERE token_hash = ${replaces === null ? null : Buffer.from(replaces)}::bytea
          AND EXISTS (SELECT 1 FROM account)
      )
      INSERT INTO sessions (account_id, token_hash, device, expires_at)
      SELECT id, ${Buffer.from(tokenHash)}::bytea, ${device}::text,
        clock_timestamp() + ${SESSION_LIFETIME}::int * interval '1 second'
      FROM account
      RETURNING id`,
  );
  return rows[0]?.id ?? null;
}

export async function endSession(
  client: Prisma.TransactionClient,
  tokenHash: Uint8Array,
): Promise<void> {
  await guarded(
    () => client.$executeRaw`
      DELETE FROM sessions WHERE token_hash = ${Buffer.from(tokenHash)}::bytea`,
  );
}
