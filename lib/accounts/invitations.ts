/** Invitations: links that make an account for an address, with a role. The newest one for an address counts. */
import 'server-only';
import { z } from 'zod';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytea, findRow, findRows, isoTime, theRow, type Database } from '@/lib/server/sql';
import { findOwners } from './members';
import { fromNow, queue, tellAccessChange } from './notices';
import { createOpaqueToken, hashNewToken, hashOpaqueToken } from './opaque-token';
import type { DoneResult, LinkResult, Role } from './outcomes';
import { INVITATION_LIFETIME } from './policy';
import { provePerson, stillSignsIn, type PersonProof, type SignInProof } from './proof';
import { role } from './schema';
import type { Staff } from './sessions';
import { DONE, refused, together } from './together';
import type { InvitationView } from './views';

export type Invitation =
  | { readonly email: string; readonly role: Exclude<Role, 'OWNER'> }
  /** Another owner can do what this one can, so it takes what signing in takes. */
  | (PersonProof & { readonly email: string; readonly role: 'OWNER' });

/**
 * Makes an invitation. Its link is in the answer, once, whether it went out by
 * mail or not: the database keeps its hash only. Of one for an owner all owners hear.
 */
export async function inviteMember(
  context: Context,
  owner: Staff,
  invitation: Invitation,
): Promise<LinkResult> {
  const tried =
    invitation.role === 'OWNER'
      ? await provePerson(context, owner, invitation)
      : ({ status: 'proved', proof: { accountId: owner.accountId } } as const);
  if (tried.status === 'refused') return tried;
  const { email, role } = invitation;
  const token = createOpaqueToken();
  const tokenHash = await hashNewToken(token);
  const link = `${context.appUrl}/invitation/${token}`;
  return together<LinkResult>(context, async (within) => {
    const made = await insertInvitation(within.database, tried.proof, { tokenHash, email, role });
    if (made !== 'created') return refused(made, made === 'email_taken' ? 'email' : null);
    const isMailed = await queue(within, {
      template: 'invitation',
      to: email,
      inviterName: owner.name,
      role,
      link,
      expiresAt: fromNow(INVITATION_LIFETIME),
    });
    if (role === 'OWNER') {
      for (const one of await findOwners(within.database)) {
        await tellAccessChange(within, one, 'owner_invited', { by: owner.name, address: email });
      }
    }
    return { status: 'made', link, email, isMailed };
  });
}

interface NewInvitation {
  /** SHA-256 of the token in the link, 32 bytes */
  readonly tokenHash: Uint8Array;
  readonly email: string;
  readonly role: Role;
}

const insertedRow = z.object({ isCreated: z.boolean() });

/**
 * One statement, which withdraws what the address was invited with before. The owner's row is held:
 * one who stops being an owner at the same moment has invited before that, and then it is withdrawn,
 * or not at all.
 *
 * @param owner of an invitation of an owner: with the proof
 */
export async function insertInvitation(
  database: Database,
  owner: SignInProof | Pick<SignInProof, 'accountId'>,
  { tokenHash, email, role }: NewInvitation,
): Promise<'created' | 'email_taken' | 'not_allowed'> {
  // An owner is invited with a proof or not at all, whichever caller forgot to ask for it.
  const isProved =
    'signInHash' in owner ? stillSignsIn(owner) : Prisma.sql`${role}::text <> 'OWNER'`;
  const row = await findRow(
    database,
    insertedRow,
    Prisma.sql`
      WITH owner AS (
        SELECT id, EXISTS (SELECT 1 FROM accounts WHERE email = ${email}::text) AS taken
        FROM accounts WHERE id = ${owner.accountId}::uuid AND role = 'OWNER' AND ${isProved} FOR UPDATE
      ), withdrawn AS (
        UPDATE invitations SET revoked_at = clock_timestamp()
        WHERE email = ${email}::text AND accepted_at IS NULL AND revoked_at IS NULL
          AND EXISTS (SELECT 1 FROM owner WHERE NOT taken)
      ), created AS (
        INSERT INTO invitations (token_hash, email, role, invited_by_id, expires_at)
        SELECT ${bytea(tokenHash)}, ${email}::text, ${role}::role, id,
          clock_timestamp() + ${INVITATION_LIFETIME}::int * interval '1 second'
        FROM owner WHERE NOT taken
        RETURNING id
      )
      SELECT EXISTS (SELECT 1 FROM created) AS "isCreated" FROM owner`,
  );
  if (row === null) return 'not_allowed';
  return row.isCreated ? 'created' : 'email_taken';
}

/** Withdraws an invitation that nobody has accepted. Not for one who is no owner (any more). */
export function revokeInvitation(
  context: Context,
  { accountId }: Pick<Staff, 'accountId'>,
  invitationId: string,
): Promise<DoneResult> {
  return together<DoneResult>(context, async ({ database }) => {
    const { mayAct } = await theRow(
      database,
      z.object({ mayAct: z.boolean() }),
      Prisma.sql`
        WITH owner AS (
          SELECT id FROM accounts WHERE id = ${accountId}::uuid AND role = 'OWNER' FOR SHARE
        ), revoked AS (
          UPDATE invitations SET revoked_at = clock_timestamp()
          WHERE id = ${invitationId}::uuid AND accepted_at IS NULL AND revoked_at IS NULL
            AND EXISTS (SELECT 1 FROM owner)
        )
        SELECT EXISTS (SELECT 1 FROM owner) AS "mayAct"`,
    );
    return mayAct ? DONE : refused('not_allowed');
  });
}

/** `i` is the alias of invitations. */
const IS_OPEN = Prisma.sql`i.accepted_at IS NULL AND i.revoked_at IS NULL
  AND i.expires_at > clock_timestamp()`;

export const isUsableInvitation = (invitationHash: Uint8Array) =>
  Prisma.sql`i.token_hash = ${bytea(invitationHash)} AND ${IS_OPEN}`;

const invitationRow = z.object({
  email: z.string(),
  role,
  /** null when the account of the owner who invited is gone */
  inviterName: z.string().nullable(),
});

/** What a link invites to; null for one that can't be used. Uses nothing up. */
export async function lookAtInvitation({ database }: Context, token: string) {
  const invitationHash = await hashOpaqueToken(token);
  return invitationHash === null ? null : findInvitation(database, invitationHash);
}

export function findInvitation(database: Database, invitationHash: Uint8Array) {
  return findRow(
    database,
    invitationRow,
    Prisma.sql`
      SELECT i.email, i.role::text AS "role", a.name AS "inviterName"
      FROM invitations i LEFT JOIN accounts a ON a.id = i.invited_by_id
      WHERE ${isUsableInvitation(invitationHash)}`,
  );
}

/** Invitations that can still be used, newest first. */
export function listInvitations(database: Database): Promise<readonly InvitationView[]> {
  return findRows(
    database,
    invitationRow.extend({ id: z.string(), expiresAt: z.string() }),
    Prisma.sql`
      SELECT i.id, i.email, i.role::text AS "role", a.name AS "inviterName",
        ${isoTime(Prisma.sql`i.expires_at`)} AS "expiresAt"
      FROM invitations i LEFT JOIN accounts a ON a.id = i.invited_by_id
      WHERE ${IS_OPEN} ORDER BY i.created_at DESC, i.id`,
  );
}
