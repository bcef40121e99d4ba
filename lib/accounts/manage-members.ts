/**
 * What owners do to the accounts of others. Rules: an open session is not enough, the owner proves
 * everything that signing in takes; and whoever it is about hears of it by mail.
 */
import type { DoneResult, Role } from './outcomes';
import type { AccountDesk, Staff } from './ports';
import type { PersonProof } from './prove-person';
import { doneOrRefused, makeProvedChange } from './proved-change';
import { refused } from './refused';
import type { LossCount } from './views';

export interface RoleChange extends PersonProof {
  readonly accountId: string;
  readonly role: Role;
}

export async function changeRole(
  desk: AccountDesk,
  owner: Staff,
  { accountId, role, ...shown }: RoleChange,
): Promise<DoneResult> {
  return makeProvedChange(desk, owner, shown, {
    accountId,
    make: async (proof, { members }) =>
      doneOrRefused(await members.changeRole(proof, accountId, role)),
    says: role === 'OWNER' ? 'made_owner' : 'made_member',
  });
}

export interface MemberAct extends PersonProof {
  readonly accountId: string;
}

/** With what its doer was told goes with the account: where that is not so any more, they are told anew. */
export interface MemberRemoval extends MemberAct, LossCount {}

export async function removeMember(
  desk: AccountDesk,
  owner: Staff,
  { accountId, requestsAlone, repliesAlone, ...shown }: MemberRemoval,
): Promise<DoneResult> {
  const told = { requestsAlone, repliesAlone };
  return makeProvedChange(desk, owner, shown, {
    accountId,
    make: async (proof, { members }) =>
      doneOrRefused(await members.removeMember(proof, accountId, told)),
    says: 'removed',
  });
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
  return makeProvedChange(desk, owner, shown, {
    accountId,
    make: async (proof, { members }) =>
      doneOrRefused(await members.resetSecondFactor(proof, accountId)),
    says: 'second_factor_reset',
  });
}

/** Asks whoever is about to be removed to share what only they can read: nobody else has its key. */
export async function askToHandOver(
  desk: AccountDesk,
  owner: Staff,
  accountId: string,
): Promise<DoneResult> {
  return desk.together<DoneResult>(async ({ members, mail }) => {
    const noted = await members.noteHandOver(owner.accountId, accountId);
    if (noted !== 'noted') return refused(noted);
    const member = await members.findAddressee(accountId);
    if (member === null) return refused('member_unknown');
    await mail.accessChanged(member, 'hand_over_asked', { by: owner.name });
    return { status: 'done' };
  });
}
