import type { DoneResult } from './outcomes';
import type { AccountDesk, Staff } from './ports';
import { doneOrRefused, makeProvedChange } from './proved-change';
import type { PersonProof } from './prove-person';
import type { LossCount } from './views';

/** With what its owner was told goes with the account: where that is not so any more, they are told anew. */
export interface AccountDeletion extends PersonProof, LossCount {}

/** Removes one's own account, with its sessions and its seals. The only owner can't. */
export async function deleteAccount(
  desk: AccountDesk,
  staff: Staff,
  { requestsAlone, repliesAlone, ...shown }: AccountDeletion,
): Promise<DoneResult> {
  const told = { requestsAlone, repliesAlone };
  return makeProvedChange(desk, staff, shown, {
    make: async (proof, { members }) => doneOrRefused(await members.removeSelf(proof, told)),
    says: 'account_deleted',
  });
}
