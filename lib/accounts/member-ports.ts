/** What owners decide about accounts other than their own. */
import type { Addressee } from './mail-ports';
import type { SignInProof } from './own-account-ports';
import type { Role } from './outcomes';
import type { InvitationView, LossCount, MemberView } from './views';

export interface NewInvitation {
  /** SHA-256 of the token in the link, 32 bytes */
  readonly tokenHash: Uint8Array;
  readonly email: string;
  readonly role: Role;
}

export type MemberChange =
  | 'done'
  /** What goes with the account is not what whoever asks was told. */
  | 'losses_changed'
  /** There would be no owner left. */
  | 'last_owner'
  /** It is so already. */
  | 'changed_meanwhile'
  | 'member_unknown'
  /** Whoever asks is no owner (any more), or has another password or second factor by now. */
  | 'not_allowed';

/**
 * An owner who asks: each statement holds only while that is one, and, where they had to prove it,
 * while what they proved still signs in.
 */
export type OwnerProof = SignInProof;

/** `ownerId` is who asks: each statement holds only while that is an owner. */
export interface MemberStore {
  listMembers(): Promise<readonly MemberView[]>;

  /** Whom to tell; null for an account that is not there. */
  findAddressee(accountId: string): Promise<Addressee | null>;

  listOwners(): Promise<readonly Addressee[]>;

  changeRole(owner: OwnerProof, accountId: string, role: Role): Promise<MemberChange>;

  /**
   * Removes an account with its sessions and its seals. Requests that nobody else reads end.
   *
   * @param told what goes with it, as whoever asks was told
   */
  removeMember(owner: OwnerProof, accountId: string, told: LossCount): Promise<MemberChange>;

  /** The same for one's own account, of an owner or not. */
  removeSelf(proof: SignInProof, told: LossCount): Promise<MemberChange>;

  /** Turns the second factor of somebody else off. */
  resetSecondFactor(
    owner: OwnerProof,
    accountId: string,
  ): Promise<'done' | 'changed_meanwhile' | 'not_allowed'>;

  /** Notes that an owner asks somebody to share what only they can read, once a day. */
  noteHandOver(
    ownerId: string,
    accountId: string,
  ): Promise<'noted' | 'hand_over_asked' | 'not_allowed' | 'member_unknown'>;

  listInvitations(): Promise<readonly InvitationView[]>;

  /**
   * Withdraws what the address was invited with before.
   *
   * @param owner of an invitation of an owner: with the proof
   */
  createInvitation(
    owner: OwnerProof | Pick<OwnerProof, 'accountId'>,
    invitation: NewInvitation,
  ): Promise<'created' | 'email_taken' | 'not_allowed'>;

  /** False when whoever asks is no owner (any more). */
  revokeInvitation(ownerId: string, invitationId: string): Promise<boolean>;
}
