import { createOpaqueToken, hashNewToken } from './opaque-token';
import type { LinkResult, Role } from './outcomes';
import type { AccountDesk, Staff } from './ports';
import { refused } from './refused';

/**
 * Makes an invitation. Its link is in the answer, once, whether it went out by
 * mail or not: the database keeps its hash only.
 */
export async function inviteMember(
  desk: AccountDesk,
  owner: Staff,
  { email, role }: { readonly email: string; readonly role: Role },
): Promise<LinkResult> {
  const token = createOpaqueToken();
  const tokenHash = await hashNewToken(token);
  const created = await desk.members.createInvitation(owner.accountId, { tokenHash, email, role });
  if (created !== 'created') return refused(created, created === 'email_taken' ? 'email' : null);
  const link = `${desk.appUrl}/invitation/${token}`;
  const isMailed = await desk.mail.invitation({ email, role, inviterName: owner.name, link });
  return { status: 'made', link, email, isMailed };
}
