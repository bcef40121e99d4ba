import { createOpaqueToken, hashNewToken } from './opaque-token';
import type { DoneResult, LinkResult, Role } from './outcomes';
import type { AccountDesk, Staff, TogetherDesk } from './ports';
import { provePerson, type PersonProof } from './prove-person';
import { refused } from './refused';

export type Invitation =
  | { readonly email: string; readonly role: Exclude<Role, 'OWNER'> }
  /** Another owner can do what this one can, so it takes what signing in takes. */
  | (PersonProof & { readonly email: string; readonly role: 'OWNER' });

/**
 * Makes an invitation. Its link is in the answer, once, whether it went out by
 * mail or not: the database keeps its hash only. Of one for an owner all owners hear.
 */
export async function inviteMember(
  desk: AccountDesk,
  owner: Staff,
  invitation: Invitation,
): Promise<LinkResult> {
  const tried =
    invitation.role === 'OWNER' ? await provePerson(desk, owner, invitation) : ownerAlone(owner);
  if (tried.status === 'refused') return tried;
  const { email, role } = invitation;
  const token = createOpaqueToken();
  const tokenHash = await hashNewToken(token);
  const link = `${desk.appUrl}/invitation/${token}`;
  return desk.together(async (desk) => {
    const created = await desk.members.createInvitation(tried.proof, { tokenHash, email, role });
    if (created !== 'created') return refused(created, created === 'email_taken' ? 'email' : null);
    const isMailed = await desk.mail.invitation({ email, role, inviterName: owner.name, link });
    if (role === 'OWNER') await tellOwners(desk, owner.name, email);
    return { status: 'made', link, email, isMailed };
  });
}

/** Withdraws an invitation that nobody has accepted. */
export async function revokeInvitation(
  desk: AccountDesk,
  { accountId }: Pick<Staff, 'accountId'>,
  invitationId: string,
): Promise<DoneResult> {
  return desk.together<DoneResult>(async ({ members }) =>
    (await members.revokeInvitation(accountId, invitationId))
      ? { status: 'done' }
      : refused('not_allowed'),
  );
}

const ownerAlone = ({ accountId }: Staff) => ({ status: 'proved', proof: { accountId } }) as const;

async function tellOwners(desk: TogetherDesk, by: string, address: string): Promise<void> {
  for (const owner of await desk.members.listOwners()) {
    await desk.mail.accessChanged(owner, 'owner_invited', { by, address });
  }
}
