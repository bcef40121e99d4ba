import 'server-only';
import type { MadeOfPassword } from '@/lib/accounts/done-before';
import type { Role } from '@/lib/accounts/outcomes';
import type { PasswordProof, SignInProof } from '@/lib/accounts/own-account-ports';
import type { Staff } from '@/lib/accounts/ports';
import { SESSION_IDLE_LIFETIME } from '@/lib/accounts/policy';
import { guarded } from '../database-errors';
import type { Prisma } from '../prisma-client/client';

export async function isEmpty(client: Prisma.TransactionClient): Promise<boolean> {
  const rows = await guarded(
    () => client.$queryRaw<{ isEmpty: boolean }[]>`
      SELECT NOT EXISTS (SELECT 1 FROM accounts) AS "isEmpty"`,
  );
  return rows[0]?.isEmpty ?? false;
}

export async function findPasswordSalt(
  client: Prisma.TransactionClient,
  email: string,
): Promise<Uint8Array | null> {
  const row = await guarded(() =>
    client.account.findUnique({ where: { email }, select: { passwordSalt: true } }),
  );
  return row === null ? null : new Uint8Array(row.passwordSalt);
}

export async function findForSignIn(
  client: Prisma.TransactionClient,
  email: string,
): Promise<SignInProof | null> {
  const row = await guarded(() =>
    client.account.findUnique({
      where: { email },
      select: { id: true, signInHash: true, totpEnabledAt: true },
    }),
  );
  return row === null
    ? null
    : {
        accountId: row.id,
        signInHash: row.signInHash,
        secondFactorSince: row.totpEnabledAt?.toISOString() ?? null,
      };
}

export async function findByWhatWasMade(
  client: Prisma.TransactionClient,
  passwordSalt: Uint8Array,
  { publicKey, seedByPassword, seedByRecovery }: MadeOfPassword['vault'],
): Promise<PasswordProof | null> {
  const row = await guarded(() =>
    client.account.findFirst({
      where: {
        passwordSalt: Buffer.from(passwordSalt),
        vaultPublicKey: Buffer.from(publicKey),
        vaultSeedByPassword: Buffer.from(seedByPassword),
        ...(seedByRecovery === null ? {} : { vaultSeedByRecovery: Buffer.from(seedByRecovery) }),
      },
      select: { id: true, signInHash: true },
    }),
  );
  return row === null ? null : { accountId: row.id, signInHash: row.signInHash };
}

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
 */
export async function findStaff(
  client: Prisma.TransactionClient,
  tokenHash: Uint8Array,
): Promise<Staff | null> {
  const rows = await guarded(
    () => client.$queryRaw<StaffRow[]>`
      WITH found AS (
        SELECT s.id, s.account_id, s.last_seen_at FROM sessions s
        WHERE s.token_hash = ${Buffer.from(tokenHash)}::bytea
          AND s.expires_at > clock_timestamp()
          AND s.last_seen_at > clock_timestamp()
            - ${SESSION_IDLE_LIFETIME}::int * interval '1 second'
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
  return rows[0] ?? null;
}
