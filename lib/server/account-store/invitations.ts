import 'server-only';
import type { InvitationRecord, Role } from '@/lib/accounts/ports';
import { guarded } from '../database-errors';
import type { PrismaClient } from '../prisma-client/client';

export async function findInvitation(
  client: PrismaClient,
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
