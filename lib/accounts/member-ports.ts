/** What owners decide about accounts other than their own. */
import type { Role } from './outcomes';
import type { InvitationView, MemberView } from './views';

export interface NewInvitation {
  /** SHA-256 of the token in the link, 32 bytes */
  readonly tokenHash: Uint8Array;
  readonly email: string;
  readonly role: Role;
}

export type MemberChange =
  | 'done'
  /** There would be no owner left. */
  | 'last_owner'
  | 'member_unknown'
  /** Whoever asks is no owner (any more). */
  | 'not_allowed';

/** `ownerId` is who asks: each statement holds only while that is an owner. */
export interface MemberStore {
  listMembers(): Promise<readonly MemberView[]>;

  changeRole(ownerId: string, accountId: string, role: Role): Promise<MemberChange>;

  /** Removes an account with its sessions and its seals. Requests that nobody else reads close. */
  removeMember(ownerId: string, accountId: string): Promise<MemberChange>;

  listInvitations(): Promise<readonly InvitationView[]>;

  /** Withdraws what the address was invited with before. */
  createInvitation(
    ownerId: string,
    invitation: NewInvitation,
  ): Promise<'created' | 'email_taken' | 'not_allowed'>;

  /** False when whoever asks is no owner (any more). */
  revokeInvitation(ownerId: string, invitationId: string): Promise<boolean>;
}
