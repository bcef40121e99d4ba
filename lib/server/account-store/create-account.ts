/**
 * Making accounts. Rules: the first one is made once, however many ask at the
 * same time; an invitation is used up in the statement that makes its account,
 * so that neither happens without the other.
 */
import 'server-only';
import type { NewAccount } from '@/lib/accounts/ports';
import { guarded } from '../database-errors';
import { Prisma } from '../prisma-client/client';
import { holdAddresses } from './email-change';

/** Any number, the same in every instance: whoever makes the first account holds it. */
const FIRST_ACCOUNT_LOCK = 724_001;

export async function createOwner(
  client: Prisma.TransactionClient,
  account: NewAccount,
): Promise<string | null> {
  return guarded(() =>
    client.$transaction(async (transaction) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${FIRST_ACCOUNT_LOCK}::int)`;
      const rows = await transaction.$queryRaw<{ id: string }[]>`
        INSERT INTO accounts (${COLUMNS})
        SELECT ${account.email}::text, 'OWNER'::role, ${values(account)}
        WHERE NOT EXISTS (SELECT 1 FROM accounts)
        RETURNING id`;
      return rows[0]?.id ?? null;
    }),
  );
}

export async function createInvited(
  client: Prisma.TransactionClient,
  invitationHash: Uint8Array,
  account: Omit<NewAccount, 'email'>,
): Promise<'created' | 'invitation_unknown' | 'email_taken'> {
  const rows = await guarded(() =>
    client.$transaction(async (transaction) => {
      await holdAddresses(transaction);
      return transaction.$queryRaw<{ isTaken: boolean; isCreated: boolean }[]>`
      WITH invitation AS (
        SELECT i.id, i.email, i.role, EXISTS (SELECT 1 FROM accounts a WHERE a.email = i.email) AS taken
        FROM invitations i
        WHERE i.token_hash = ${Buffer.from(invitationHash)}::bytea AND i.accepted_at IS NULL
          AND i.revoked_at IS NULL AND i.expires_at > clock_timestamp()
        FOR UPDATE
      ), created AS (
        INSERT INTO accounts (${COLUMNS})
        SELECT invitation.email, invitation.role, ${values(account)} FROM invitation
        WHERE NOT invitation.taken
        ON CONFLICT (email) DO NOTHING
        RETURNING id
      ), accepted AS (
        UPDATE invitations i SET accepted_at = clock_timestamp() FROM invitation, created
        WHERE i.id = invitation.id
      )
      SELECT invitation.taken AS "isTaken", EXISTS (SELECT 1 FROM created) AS "isCreated"
      FROM invitation`;
    }),
  );
  const row = rows[0];
  if (row === undefined) return 'invitation_unknown';
  return row.isCreated ? 'created' : 'email_taken';
}

const COLUMNS = Prisma.sql`email, role, name, password_salt, sign_in_hash, vault_public_key,
  vault_seed_by_password, vault_seed_by_recovery`;

function values({ name, passwordSalt, signInHash, vault }: Omit<NewAccount, 'email'>): Prisma.Sql {
  return Prisma.sql`${name}::text, ${Buffer.from(passwordSalt)}::bytea, ${signInHash}::text,
    ${Buffer.from(vault.publicKey)}::bytea, ${Buffer.from(vault.seedByPassword)}::bytea,
    ${Buffer.from(vault.seedByRecovery)}::bytea`;
}
