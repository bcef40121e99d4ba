/**
 * What whoever runs the server can do to an account without being signed in: they have its database
 * and its keys anyway. The way back for an only owner who lost the password, where no mail is sent.
 */
import 'server-only';
import type { Addressee } from '@/lib/accounts/mail-ports';
import type { Role } from '@/lib/accounts/outcomes';
import { RECOVERY_LIFETIME } from '@/lib/accounts/policy';
import { guarded } from '../database-errors';
import type { Prisma } from '../prisma-client/client';
import { resetSecondFactor } from './reset-second-factor';

export interface ListedAccount extends Addressee {
  readonly role: Role;
  readonly hasSecondFactor: boolean;
}

export async function listAccounts(
  client: Prisma.TransactionClient,
): Promise<readonly ListedAccount[]> {
  return guarded(
    () => client.$queryRaw<ListedAccount[]>`
      SELECT email, name, role::text AS "role", totp_enabled_at IS NOT NULL AS "hasSecondFactor"
      FROM accounts ORDER BY created_at, id`,
  );
}

/** A link to a new password, however many were asked for lately; null where there is no such account. */
export async function createRecoveryByServer(
  client: Prisma.TransactionClient,
  email: string,
  tokenHash: Uint8Array,
): Promise<Addressee | null> {
  const rows = await guarded(
    () => client.$queryRaw<Addressee[]>`
      WITH account AS (
        SELECT id, email, name FROM accounts WHERE email = ${email}::text FOR SHARE
      ), created AS (
        INSERT INTO account_recoveries (account_id, token_hash, expires_at)
        SELECT id, ${Buffer.from(tokenHash)}::bytea,
          clock_timestamp() + ${RECOVERY_LIFETIME}::int * interval '1 second'
        FROM account
      )
      SELECT email, name FROM account`,
  );
  return rows[0] ?? null;
}

export async function resetByServer(
  client: Prisma.TransactionClient,
  email: string,
): Promise<Addressee | 'unknown' | 'is_off'> {
  const account = await guarded(() =>
    client.account.findUnique({ where: { email }, select: { id: true, email: true, name: true } }),
  );
  if (account === null) return 'unknown';
  const reset = await resetSecondFactor(client, null, account.id);
  return reset === 'done' ? { email: account.email, name: account.name } : 'is_off';
}
