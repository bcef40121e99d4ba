/**
 * Another address for an account. Rules: it takes what signing in takes; the mailbox is proved by a
 * link before anything changes; the old one hears of it twice, while it can still be stopped and when
 * it is done. Without mail nobody could prove a mailbox, and nothing is sent to one: then it changes
 * at once. The address is taken in the transaction that uses the link up, and whether it is free is
 * decided there, too.
 */
import 'server-only';
import { z } from 'zod';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytea, execute, findRow, findRows, theRow, type Database } from '@/lib/server/sql';
import { fromNow, queue, tellAccessChange, type Addressee } from './notices';
import { createOpaqueToken, hashNewToken, hashOpaqueToken } from './opaque-token';
import type { DoneResult, EmailChangeResult } from './outcomes';
import { EMAIL_CHANGE_LIFETIME, MAX_EMAIL_CHANGES_AN_HOUR } from './policy';
import { provePerson, stillSignsIn, type PersonProof, type SignInProof } from './proof';
import { endRecoveryLinks } from './recovery-links';
import type { Staff } from './sessions';
import { DONE, refused, together } from './together';

interface NewEmail extends PersonProof {
  readonly email: string;
}

export async function changeEmail(
  context: Context,
  staff: Staff,
  { email, ...shown }: NewEmail,
): Promise<EmailChangeResult> {
  const tried = await provePerson(context, staff, shown);
  if (tried.status === 'refused') return tried;
  const token = createOpaqueToken();
  const tokenHash = await hashNewToken(token);
  const asked = await together<EmailChangeResult>(context, async (within) => {
    const started = await insertLink(within.database, tried.proof, email, tokenHash);
    if (started !== 'started') return refused(started, started === 'email_taken' ? 'email' : null);
    await tellAccessChange(within, staff, 'email_asked', { address: email });
    await queue(within, {
      template: 'confirmEmail',
      to: email,
      name: staff.name,
      link: `${context.appUrl}/email/${token}`,
      expiresAt: fromNow(EMAIL_CHANGE_LIFETIME),
    });
    return { status: 'asked' };
  });
  if (asked.status !== 'asked' || context.sendsMail) return asked;
  const changed = await confirmEmail(context, token);
  return changed.status === 'done' ? { status: 'changed' } : changed;
}

/** The address that a link is about; null for one that can't be used. Uses nothing up. */
export async function lookAtEmailChange(
  { database }: Context,
  token: string,
): Promise<string | null> {
  const tokenHash = await hashOpaqueToken(token);
  if (tokenHash === null) return null;
  const found = await findRow(
    database,
    addressRow,
    Prisma.sql`SELECT email FROM email_changes WHERE ${usable(tokenHash)}`,
  );
  return found?.email ?? null;
}

/** Recovery links, which went to the old address, end with it. */
export async function confirmEmail(context: Context, token: string): Promise<DoneResult> {
  const tokenHash = await hashOpaqueToken(token);
  if (tokenHash === null) return refused('email_link_unknown');
  return together<DoneResult>(context, async (within) => {
    const changed = await useLink(within.database, tokenHash);
    if (changed === null) return refused('email_link_unknown');
    if (changed === 'email_taken') return refused('email_taken');
    const { person, address } = changed;
    await tellAccessChange(within, person, 'email_changed', { address });
    return DONE;
  });
}

/** Ends links to another address that can still be used: a change of the password stops them. */
export const endEmailChanges = (accountId: string) => Prisma.sql`
  UPDATE email_changes SET used_at = clock_timestamp()
  WHERE account_id = ${accountId}::uuid AND used_at IS NULL`;

const idRow = z.object({ id: z.string() });
const addressRow = z.object({ email: z.string() });
const standingRow = z.object({ isTaken: z.boolean(), isTooMany: z.boolean() });

/** Makes a link for an address, in the place of those before. */
async function insertLink(
  transaction: Database,
  proof: SignInProof,
  email: string,
  tokenHash: Uint8Array,
): Promise<'started' | 'email_taken' | 'too_many_requests' | 'changed_meanwhile'> {
  const { accountId } = proof;
  // Held, and counted by the next statement, which sees what others made until then.
  const held = await findRows(
    transaction,
    idRow,
    Prisma.sql`
      SELECT id FROM accounts WHERE id = ${accountId}::uuid AND ${stillSignsIn(proof)} FOR UPDATE`,
  );
  if (held.length === 0) return 'changed_meanwhile';
  const { isTaken, isTooMany } = await theRow(
    transaction,
    standingRow,
    Prisma.sql`
      SELECT EXISTS (SELECT 1 FROM accounts WHERE email = ${email}::text) AS "isTaken",
        count(*) >= ${MAX_EMAIL_CHANGES_AN_HOUR}::int AS "isTooMany"
      FROM email_changes
      WHERE account_id = ${accountId}::uuid
        AND created_at > clock_timestamp() - interval '1 hour'`,
  );
  if (isTaken) return 'email_taken';
  if (isTooMany) return 'too_many_requests';
  await execute(transaction, endEmailChanges(accountId));
  await execute(
    transaction,
    Prisma.sql`
      INSERT INTO email_changes (account_id, email, token_hash, expires_at)
      VALUES (${accountId}::uuid, ${email}::text, ${bytea(tokenHash)},
        clock_timestamp() + ${EMAIL_CHANGE_LIFETIME}::int * interval '1 second')`,
  );
  return 'started';
}

const usable = (tokenHash: Uint8Array) => Prisma.sql`
  token_hash = ${bytea(tokenHash)} AND used_at IS NULL AND expires_at > clock_timestamp()`;

/** Any number, the same in every instance. */
const ADDRESS_LOCK = 724_002;

/**
 * Held by whatever gives an account its address, before any row: of two that want one, the second
 * finds it taken, and neither waits for the other's rows.
 */
export async function holdAddresses(transaction: Database): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${ADDRESS_LOCK}::int)`;
}

const personRow = z.object({ id: z.string(), email: z.string(), name: z.string() });

/** Whom to tell, by the old address, and the new one; null for a link that can't be used. */
async function useLink(
  transaction: Database,
  tokenHash: Uint8Array,
): Promise<{ readonly person: Addressee; readonly address: string } | 'email_taken' | null> {
  await holdAddresses(transaction);
  // The account first, as everything does that changes a way in.
  const person = await findRow(
    transaction,
    personRow,
    Prisma.sql`
      SELECT id, email, name FROM accounts
      WHERE id = (SELECT account_id FROM email_changes WHERE ${usable(tokenHash)}) FOR UPDATE`,
  );
  if (person === null) return null;
  const used = await findRow(
    transaction,
    addressRow,
    Prisma.sql`
      UPDATE email_changes SET used_at = clock_timestamp() WHERE ${usable(tokenHash)}
      RETURNING email`,
  );
  if (used === null) return null;
  const { email: address } = used;
  const taken = await execute(
    transaction,
    Prisma.sql`
      UPDATE accounts SET email = ${address}::text
      WHERE id = ${person.id}::uuid
        AND NOT EXISTS (SELECT 1 FROM accounts WHERE email = ${address}::text)`,
  );
  if (taken !== 1) return 'email_taken';
  // Invitations before links, as where an owner becomes a member.
  await execute(
    transaction,
    Prisma.sql`
      UPDATE invitations SET revoked_at = clock_timestamp()
      WHERE email = ${address}::text AND accepted_at IS NULL AND revoked_at IS NULL`,
  );
  await execute(transaction, endRecoveryLinks(Prisma.sql`account_id = ${person.id}::uuid`));
  return { person, address };
}
