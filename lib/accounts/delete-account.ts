import type { DoneResult } from './outcomes';
import type { AccountDesk, Staff } from './ports';
import { doneOrRefused, makeProvedChange } from './proved-change';
import type { PersonProof } from './prove-person';

/** Removes one's own account, with its sessions and its seals. The only owner can't. */
export async function deleteAccount(
  desk: AccountDesk,
  staff: Staff,
  shown: PersonProof,
): Promise<DoneResult> {
  return makeProvedChange(desk, staff, shown, {
    make: async (proof, { members }) => doneOrRefused(await members.removeSelf(proof)),
    says: 'account_deleted',
  });
}
