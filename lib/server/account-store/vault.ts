/**
 * What a session's browser needs of the vault. What it keeps itself opens nothing without the
 * session's share, which is here: it goes with the session, at the lock time, or when it is locked.
 * Rules: one statement each, by the database's clock; a share that has locked never comes back.
 */
import 'server-only';
import type { StoredVault, VaultShare } from '@/lib/accounts/vault-records';
import { guarded } from '../database-errors';
import { Prisma } from '../prisma-client/client';

/** `s` is the alias of sessions. */
const IS_OPEN = Prisma.sql`coalesce(s.vault_open_until > clock_timestamp(), false)`;

/** `a` is the alias of accounts. */
const OPEN_UNTIL = Prisma.sql`clock_timestamp() + a.vault_lock_minutes * interval '1 minute'`;

interface ShareRow {
  share: Uint8Array | null;
  publicKey: Uint8Array;
  lockMinutes: number;
}

export async function startVault(
  client: Prisma.TransactionClient,
  sessionId: string,
  fresh: Uint8Array,
): Promise<StoredVault | null> {
  const rows = await guarded(
    () => client.$queryRaw<
      (ShareRow & { accountId: string; passwordSalt: Uint8Array; seedByPassword: Uint8Array })[]
    >`
      UPDATE sessions s SET
        vault_share = CASE WHEN ${IS_OPEN} THEN s.vault_share ELSE ${Buffer.from(fresh)}::bytea END,
        vault_open_until = ${OPEN_UNTIL}
      FROM accounts a WHERE s.id = ${sessionId}::uuid AND a.id = s.account_id
      RETURNING a.id AS "accountId", a.password_salt AS "passwordSalt",
        a.vault_seed_by_password AS "seedByPassword", a.vault_public_key AS "publicKey",
        a.vault_lock_minutes AS "lockMinutes", s.vault_share AS "share"`,
  );
  const [row] = rows;
  const share = toShare(row);
  if (row === undefined || share === null) return null;
  return {
    ...share,
    accountId: row.accountId,
    passwordSalt: new Uint8Array(row.passwordSalt),
    seedByPassword: new Uint8Array(row.seedByPassword),
  };
}

/** Whether it is open is looked at once, in a row that is held: a use and the lock never meet. */
export async function touchVault(
  client: Prisma.TransactionClient,
  sessionId: string,
): Promise<VaultShare | null> {
  const rows = await guarded(
    () => client.$queryRaw<ShareRow[]>`
      WITH held AS MATERIALIZED (
        SELECT s.id, ${IS_OPEN} AS is_open FROM sessions s WHERE s.id = ${sessionId}::uuid FOR UPDATE
      )
      UPDATE sessions s SET
        vault_share = CASE WHEN held.is_open THEN s.vault_share END,
        vault_open_until = CASE WHEN held.is_open THEN ${OPEN_UNTIL} END
      FROM held, accounts a WHERE s.id = held.id AND a.id = s.account_id
      RETURNING s.vault_share AS "share", a.vault_public_key AS "publicKey",
        a.vault_lock_minutes AS "lockMinutes"`,
  );
  return toShare(rows[0]);
}

export async function lockVault(
  client: Prisma.TransactionClient,
  sessionId: string,
): Promise<void> {
  await guarded(
    () => client.$executeRaw`
      UPDATE sessions SET vault_share = NULL, vault_open_until = NULL
      WHERE id = ${sessionId}::uuid`,
  );
}

/** Erases what has locked and was not asked for since. */
export async function sweepVaultShares(client: Prisma.TransactionClient): Promise<void> {
  await guarded(
    () => client.$executeRaw`
      UPDATE sessions SET vault_share = NULL, vault_open_until = NULL
      WHERE vault_open_until <= clock_timestamp()`,
  );
}

function toShare(row: ShareRow | undefined): VaultShare | null {
  if (row === undefined || row.share === null) return null;
  const { share, publicKey, lockMinutes } = row;
  return { share: new Uint8Array(share), publicKey: new Uint8Array(publicKey), lockMinutes };
}
