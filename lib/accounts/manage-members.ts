/**
 * What owners do to the accounts of others. Rules: an open session is not enough, the owner proves
 * everything that signing in takes; and whoever it is about hears of it by mail.
 */
import type { MemberChange } from './member-ports';
import type { DoneResult, Role } from './outcomes';
import type { AccountDesk, Staff } from './ports';
import { provePerson, type PersonProof } from './prove-person';
import { refused } from './refused';

export interface RoleChange extends PersonProof {
  readonly accountId: string;
  readonly role: Role;
}

export async function changeRole(
  desk: AccountDesk,
  owner: Staff,
  { accountId, role, ...shown }: RoleChange,
): Promise<DoneResult> {
  const tried = await provePerson(desk, owner, shown);
  if (tried.status === 'refused') return tried;
  const changed = await desk.members.changeRole(tried.proof, accountId, role);
  if (changed !== 'done') return refused(changed);
  const member = await desk.members.findAddressee(accountId);
  const change = role === 'OWNER' ? 'made_owner' : 'made_member';
  if (member !== null) await desk.mail.accessChanged(member, change, { by: owner.name });
  return { status: 'done' };
}

export interface MemberAct extends PersonProof {
  readonly accountId: string;
}

export async function removeMember(
  desk: AccountDesk,
  owner: Staff,
  { accountId, ...shown }: MemberAct,
): Promise<DoneResult> {
  const tried = await provePerson(desk, owner, shown);
  if (tried.status === 'refused') return tried;
  // Asked before: afterwards nobody knows the address any more.
  const member = await desk.members.findAddressee(accountId);
  const removed: MemberChange = await desk.members.removeMember(tried.proof, accountId);
  if (removed !== 'done') return refused(removed);
  if (member !== null) await desk.mail.accessChanged(member, 'removed', { by: owner.name });
  return { status: 'done' };
}

/**
 * Lets somebody in who lost phone and list: for them the password is enough then. They hear of it by
 * mail, and on the page after they sign in, until they say that they have seen it.
 */
export async function resetSecondFactor(
  desk: AccountDesk,
  owner: Staff,
  { accountId, ...shown }: MemberAct,
): Promise<DoneResult> {
  if (accountId === owner.accountId) return refused('second_factor_own');
  const tried = await provePerson(desk, owner, shown);
  if (tried.status === 'refused') return tried;
  const reset = await desk.members.resetSecondFactor(tried.proof, accountId);
  if (reset !== 'done') return refused(reset);
  const member = await desk.members.findAddressee(accountId);
  if (member !== null) {
    await desk.mail.accessChanged(member, 'second_factor_reset', { by: owner.name });
  }
  return { status: 'done' };
}

/** Asks whoever is about to be removed to share what only they can read: nobody else has its key. */
export async function askToHandOver(
  desk: AccountDesk,
  owner: Staff,
  accountId: string,
): Promise<DoneResult> {
  const member = await desk.members.findAddressee(accountId);
  if (member === null) return refused('member_unknown');
  await desk.mail.accessChanged(member, 'hand_over_asked', { by: owner.name });
  return { status: 'done' };
}
