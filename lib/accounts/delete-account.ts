import type { DoneResult } from './outcomes';
import type { AccountDesk, Staff } from './ports';
import { provePerson, type PersonProof } from './prove-person';
import { refused } from './refused';

/** Removes one's own account, with its sessions and its seals. The only owner can't. */
export async function deleteAccount(
  desk: AccountDesk,
  staff: Staff,
  shown: PersonProof,
): Promise<DoneResult> {
  const tried = await provePerson(desk, staff, shown);
  if (tried.status === 'refused') return tried;
  const deleted = await desk.members.removeSelf(tried.proof);
  if (deleted !== 'done') return refused(deleted);
  await desk.mail.accessChanged(staff, 'account_deleted');
  return { status: 'done' };
}
