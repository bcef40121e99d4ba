import 'server-only';
import type { NewInvitation, OwnerProof } from '@/lib/accounts/member-ports';
import type { Role } from '@/lib/accounts/outcomes';
import { INVITATION_LIFETIME } from '@/lib/accounts/policy';
import type { InvitationRecord } from '@/lib/accounts/ports';
import type { InvitationView } from '@/lib/accounts/views';
import { guarded } from '../database-errors';
import { Prisma } from '../prisma-client/client';
import { stillSignsIn } from './still-proved';

export async function findInvitation(
  client: Prisma.TransactionClient,
  invitationHash: Uint8Array,
): Promise<InvitationRecord | null> {
  const rows = await guarded(
    () => client.$queryRaw<{ email: string; role: Role; inviterName: string | null }[]>`
      SELECT i.email, i.role::text AS "role", a.name AS "inviterName"
      FROM invitations i LEFT JOIN accounts a ON a.id = i.invited_by_id
      WHERE i.token_hash = ${Buffer.from(invitationHash)}::bytea AND i.accepted_at IS NULL
        AND i.revoked_at IS NULL AND i.expires_at > clock_timestamp()`,
  );
  return rows[0] ?? null;
}

/** Invitations that can still be used, newest first. */
export async function listInvitations(
  client: Prisma.TransactionClient,
): Promise<readonly InvitationView[]> {
  const rows = await guarded(
    () => client.$queryRaw<(Omit<InvitationView, 'expiresAt'> & { expiresAt: Date })[]>`
      SELECT i.id, i.email, i.role::text AS "role", a.name AS "inviterName",
        i.expires_at AS "expiresAt"
      FROM invitations i LEFT JOIN accounts a ON a.id = i.invited_by_id
      WHERE i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > clock_timestamp()
      ORDER BY i.created_at DESC, i.id`,
  );
  return rows.map((row) => ({ ...row, expiresAt: row.expiresAt.toISOString() }));
}

/**
 * One statement. The owner's row is held: one who stops being an owner at the same moment has
 * invited before that, and then it is withdrawn, or not at all.
 */
export async function createInvitation(
  client: Prisma.TransactionClient,
  owner: OwnerProof | Pick<OwnerProof, 'accountId'>,
  { tokenHash, email, role }: NewInvitation,
): Promise<'created' | 'email_taken' | 'not_allowed'> {
  // An invitation of an owner without a proof is none, whoever forgot to ask for it.
  const isProved =
    'signInHash' in owner ? stillSignsIn(owner) : Prisma.sql`${role}::text <> 'OWNER'`;
  const rows = await guarded(
    () => client.$queryRaw<{ isTaken: boolean; isCreated: boolean }[]>`
      WITH owner AS (
        SELECT id, EXISTS (SELECT 1 FROM accounts WHERE email = ${email}::text) AS taken
        FROM accounts WHERE id = ${owner.accountId}::uuid AND role = 'OWNER' AND ${isProved} FOR UPDATE
      ), withdrawn AS (
        UPDATE invitations SET revoked_at = clock_timestamp()
        WHERE email = ${email}::text AND accepted_at IS NULL AND revoked_at IS NULL
          AND EXISTS (SELECT 1 FROM owner WHERE NOT taken)
      ), created AS (
        INSERT INTO invitations (token_hash, email, role, invited_by_id, expires_at)
        SELECT ${Buffer.from(tokenHash)}::bytea, ${email}::text, ${role}::role, id,
          clock_timestamp() + ${INVITATION_LIFETIME}::int * interval '1 second'
        FROM owner WHERE NOT taken
        RETURNING id
      )
      SELECT owner.taken AS "isTaken", EXISTS (SELECT 1 FROM created) AS "isCreated" FROM owner`,
  );
  const row = rows[0];
  if (row === undefined) return 'not_allowed';
  return row.isCreated ? 'created' : 'email_taken';
}

/** False, and nothing withdrawn, when whoever asks is no owner (any more). */
export async function revokeInvitation(
  client: Prisma.TransactionClient,
  ownerId: string,
  invitationId: string,
): Promise<boolean> {
  const rows = await guarded(
    () => client.$queryRaw<{ mayAct: boolean }[]>`
      WITH owner AS (
        SELECT id FROM accounts WHERE id = ${ownerId}::uuid AND role = 'OWNER' FOR SHARE
      ), revoked AS (
        UPDATE invitations SET revoked_at = clock_timestamp()
        WHERE id = ${invitationId}::uuid AND accepted_at IS NULL AND revoked_at IS NULL
          AND EXISTS (SELECT 1 FROM owner)
      )
      SELECT EXISTS (SELECT 1 FROM owner) AS "mayAct"`,
  );
  return rows[0]?.mayAct === true;
}
