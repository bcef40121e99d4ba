/**
 * Links to another address. The address is taken in the transaction that uses the link up, and whether
 * it is free is decided there, too.
 */
import 'server-only';
import type { EmailChangeStore } from '@/lib/accounts/email-change-ports';
import type { Addressee } from '@/lib/accounts/mail-ports';
import type { SignInProof } from '@/lib/accounts/own-account-ports';
import { EMAIL_CHANGE_LIFETIME, MAX_EMAIL_CHANGES_AN_HOUR } from '@/lib/accounts/policy';
import { guarded } from '../database-errors';
import { Prisma } from '../prisma-client/client';
import { endRecoveryLinks } from './end-recovery-links';
import { stillSignsIn } from './still-proved';

export function prismaEmailChangeStore(client: Prisma.TransactionClient): EmailChangeStore {
  return {
    start: (proof, email, tokenHash) => start(client, proof, email, tokenHash),
    find: (tokenHash) => find(client, tokenHash),
    complete: (tokenHash) => complete(client, tokenHash),
  };
}

/** Ends links to another address that can still be used: whoever changes the password stops them. */
export const endEmailChanges = (accountId: string) => Prisma.sql`
  UPDATE email_changes SET used_at = clock_timestamp()
  WHERE account_id = ${accountId}::uuid AND used_at IS NULL`;

async function start(
  client: Prisma.TransactionClient,
  proof: SignInProof,
  email: string,
  tokenHash: Uint8Array,
): ReturnType<EmailChangeStore['start']> {
  const { accountId } = proof;
  return guarded(() =>
    client.$transaction(async (transaction) => {
      // Held, and counted by the next statement, which sees what others made until then.
      const held = await transaction.$queryRaw<{ id: string }[]>`
        SELECT id FROM accounts WHERE id = ${accountId}::uuid AND ${stillSignsIn(proof)} FOR UPDATE`;
      if (held.length === 0) return 'changed_meanwhile';
      const [found] = await transaction.$queryRaw<{ isTaken: boolean; isTooMany: boolean }[]>`
        SELECT EXISTS (SELECT 1 FROM accounts WHERE email = ${email}::text) AS "isTaken",
          count(*) >= ${MAX_EMAIL_CHANGES_AN_HOUR}::int AS "isTooMany"
        FROM email_changes
        WHERE account_id = ${accountId}::uuid
          AND created_at > clock_timestamp() - interval '1 hour'`;
      if (found?.isTaken === true) return 'email_taken';
      if (found?.isTooMany === true) return 'too_many_requests';
      await transaction.$executeRaw(endEmailChanges(accountId));
      await transaction.$executeRaw`
        INSERT INTO email_changes (account_id, email, token_hash, expires_at)
        VALUES (${accountId}::uuid, ${email}::text, ${Buffer.from(tokenHash)}::bytea,
          clock_timestamp() + ${EMAIL_CHANGE_LIFETIME}::int * interval '1 second')`;
      return 'started';
    }),
  );
}

const usable = (tokenHash: Uint8Array) => Prisma.sql`
  token_hash = ${Buffer.from(tokenHash)}::bytea AND used_at IS NULL
    AND expires_at > clock_timestamp()`;

async function find(
  client: Prisma.TransactionClient,
  tokenHash: Uint8Array,
): Promise<string | null> {
  const rows = await guarded(
    () => client.$queryRaw<{ email: string }[]>`
      SELECT email FROM email_changes WHERE ${usable(tokenHash)}`,
  );
  return rows[0]?.email ?? null;
}

/** Any number, the same in every instance. */
const ADDRESS_LOCK = 724_002;

/**
 * Held by whatever gives an account its address, before any row: of two that want one, the second
 * finds it taken, and neither waits for the other's rows.
 */
export async function holdAddresses(transaction: Prisma.TransactionClient): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${ADDRESS_LOCK}::int)`;
}

async function complete(
  client: Prisma.TransactionClient,
  tokenHash: Uint8Array,
): ReturnType<EmailChangeStore['complete']> {
  return guarded(() =>
    client.$transaction(async (transaction) => {
      await holdAddresses(transaction);
      // The account first, as everything does that changes a way in.
      const [account] = await transaction.$queryRaw<(Addressee & { id: string })[]>`
        SELECT id, email, name FROM accounts
        WHERE id = (SELECT account_id FROM email_changes WHERE ${usable(tokenHash)}) FOR UPDATE`;
      if (account === undefined) return null;
      const [used] = await transaction.$queryRaw<{ email: string }[]>`
        UPDATE email_changes SET used_at = clock_timestamp() WHERE ${usable(tokenHash)}
        RETURNING email`;
      if (used === undefined) return null;
      const isFree = await transaction.$executeRaw`
        UPDATE accounts SET email = ${used.email}::text
        WHERE id = ${account.id}::uuid
          AND NOT EXISTS (SELECT 1 FROM accounts WHERE email = ${used.email}::text)`;
      if (isFree !== 1) return 'email_taken';
      // Invitations before links, as where somebody stops being an owner.
      await transaction.$executeRaw`
        UPDATE invitations SET revoked_at = clock_timestamp()
        WHERE email = ${used.email}::text AND accepted_at IS NULL AND revoked_at IS NULL`;
      await transaction.$executeRaw(endRecoveryLinks(Prisma.sql`account_id = ${account.id}::uuid`));
      return { email: account.email, name: account.name };
    }),
  );
}
