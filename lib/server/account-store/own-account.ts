/**
 * What somebody changes about their own account. A statement that took the
 * password names the hash that it was checked against: of two changes at the
 * same time one holds.
 */
import 'server-only';
import type {
  KeptSession,
  OwnAccountStore,
  PasswordChange,
  PasswordProof,
  RecoveryCodeChange,
  SignInProof,
} from '@/lib/accounts/own-account-ports';
import type { OwnRequest } from '@/lib/accounts/views';
import { formatRowId } from '@/lib/requests/request-id';
import { guarded } from '../database-errors';
import { Prisma } from '../prisma-client/client';
import { endEmailChanges } from './email-change';
import { endRecoveryLinks } from './end-recovery-links';
import { isStillPassword } from './still-proved';
import { endOtherSessions, endOwnSession, listSessions } from './own-sessions';

export function prismaOwnAccountStore(client: Prisma.TransactionClient): OwnAccountStore {
  return {
    saveName: (accountId, name) => saveName(client, accountId, name),
    saveVaultLock: (accountId, minutes) => saveVaultLock(client, accountId, minutes),
    findSignInHash: (accountId) => findSignInHash(client, accountId),
    findSecondFactor: (sessionId) => findSecondFactor(client, sessionId),
    changePassword: (proof, change, kept) => changePassword(client, proof, change, kept),
    changeRecoveryCode: (proof, change) => changeRecoveryCode(client, proof, change),
    listSessions: (accountId) => listSessions(client, accountId),
    endOwnSession: (accountId, sessionId) => endOwnSession(client, accountId, sessionId),
    endOtherSessions: (accountId, keptSessionId) =>
      endOtherSessions(client, accountId, keptSessionId),
    listRequestsAlone: (accountId) => listRequestsAlone(client, accountId),
    acknowledgeReset: (accountId) => acknowledgeReset(client, accountId),
  };
}

async function saveName(
  client: Prisma.TransactionClient,
  accountId: string,
  name: string,
): Promise<void> {
  await guarded(
    () => client.$executeRaw`
      UPDATE accounts SET name = ${name}::text WHERE id = ${accountId}::uuid`,
  );
}

async function saveVaultLock(
  client: Prisma.TransactionClient,
  accountId: string,
  minutes: number,
): Promise<void> {
  await guarded(
    () => client.$executeRaw`
      WITH saved AS (
        UPDATE accounts SET vault_lock_minutes = ${minutes}::int WHERE id = ${accountId}::uuid
        RETURNING id
      )
      UPDATE sessions s SET vault_open_until =
        least(s.vault_open_until, clock_timestamp() + ${minutes}::int * interval '1 minute')
      FROM saved WHERE s.account_id = saved.id AND s.vault_open_until IS NOT NULL`,
  );
}

async function findSignInHash(
  client: Prisma.TransactionClient,
  accountId: string,
): Promise<string | null> {
  const row = await guarded(() =>
    client.account.findUnique({ where: { id: accountId }, select: { signInHash: true } }),
  );
  return row?.signInHash ?? null;
}

async function findSecondFactor(
  client: Prisma.TransactionClient,
  sessionId: string,
): Promise<Pick<SignInProof, 'secondFactorSince'> | null> {
  const row = await guarded(() =>
    client.session.findUnique({
      where: { id: sessionId },
      select: { account: { select: { totpEnabledAt: true } } },
    }),
  );
  if (row === null) return null;
  return { secondFactorSince: row.account.totpEnabledAt?.toISOString() ?? null };
}

/**
 * Two statements, since the second must see the sessions that were made while
 * the first waited for the account's row.
 */
async function changePassword(
  client: Prisma.TransactionClient,
  proof: PasswordProof,
  change: PasswordChange,
  kept: KeptSession,
): Promise<boolean> {
  const { accountId } = proof;
  return guarded(() =>
    client.$transaction(async (transaction) => {
      const changed = await transaction.$executeRaw`
        UPDATE accounts SET password_salt = ${Buffer.from(change.passwordSalt)}::bytea,
          sign_in_hash = ${change.signInHash}::text,
          vault_seed_by_password = ${Buffer.from(change.vaultSeedByPassword)}::bytea
        WHERE id = ${accountId}::uuid AND ${isStillPassword(proof)}
          AND vault_public_key = ${Buffer.from(change.vaultPublicKey)}::bytea
          AND EXISTS (
            SELECT 1 FROM sessions
            WHERE id = ${kept.sessionId}::uuid AND account_id = ${accountId}::uuid
          )`;
      if (changed !== 1) return false;
      await transaction.$executeRaw`
        WITH ended AS (
          DELETE FROM sessions
          WHERE account_id = ${accountId}::uuid AND id <> ${kept.sessionId}::uuid
        ), renewed AS (
          UPDATE sessions SET token_hash = ${Buffer.from(kept.tokenHash)}::bytea
          WHERE account_id = ${accountId}::uuid AND id = ${kept.sessionId}::uuid
        )
        ${endRecoveryLinks(Prisma.sql`account_id = ${accountId}::uuid`)}`;
      await transaction.$executeRaw(endEmailChanges(accountId));
      return true;
    }),
  );
}

async function changeRecoveryCode(
  client: Prisma.TransactionClient,
  proof: PasswordProof,
  change: RecoveryCodeChange,
): ReturnType<OwnAccountStore['changeRecoveryCode']> {
  const vaultPublicKey = Buffer.from(change.vaultPublicKey);
  const vaultSeedByRecovery = Buffer.from(change.vaultSeedByRecovery);
  const changed = await guarded(
    () => client.$executeRaw`
      UPDATE accounts SET vault_seed_by_recovery = ${vaultSeedByRecovery}::bytea
      WHERE id = ${proof.accountId}::uuid AND ${isStillPassword(proof)}
        AND vault_public_key = ${vaultPublicKey}::bytea
        AND vault_seed_by_recovery <> ${vaultSeedByRecovery}::bytea`,
  );
  if (changed === 1) return 'done';
  const where = { id: proof.accountId, vaultPublicKey, vaultSeedByRecovery };
  return (await guarded(() => client.account.count({ where }))) === 1
    ? 'is_so'
    : 'changed_meanwhile';
}

async function listRequestsAlone(
  client: Prisma.TransactionClient,
  accountId: string,
): Promise<readonly OwnRequest[]> {
  const rows = await guarded(
    () => client.$queryRaw<(Omit<OwnRequest, 'id'> & { id: bigint })[]>`
      SELECT q.id, q.question, (SELECT count(*) FROM replies p
          WHERE p.request_id = q.id AND p.state = 'SEALED')::int AS "sealedReplies"
      FROM request_readers mine JOIN requests q ON q.id = mine.request_id
      WHERE mine.account_id = ${accountId}::uuid AND q.state <> 'ENDED' AND NOT EXISTS (
        SELECT 1 FROM request_readers o
        WHERE o.request_id = q.id AND o.account_id <> mine.account_id
      )
      ORDER BY q.created_at DESC, q.id`,
  );
  return rows.map((row) => ({ ...row, id: formatRowId(row.id) }));
}

async function acknowledgeReset(
  client: Prisma.TransactionClient,
  accountId: string,
): Promise<void> {
  await guarded(
    () => client.$executeRaw`
      UPDATE accounts SET second_factor_reset_at = NULL WHERE id = ${accountId}::uuid`,
  );
}
