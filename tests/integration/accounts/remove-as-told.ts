import type { MemberStore, OwnerProof } from '@/lib/accounts/member-ports';
import { repliesAlone } from '@/lib/accounts/views';

/** Of somebody who reads nothing alone. */
export const NOTHING_ALONE = { requestsAlone: 0, repliesAlone: 0 };

/** Removes an account as an owner does: told what goes with it, and once more where that has changed. */
export async function removeAsTold(
  members: Pick<MemberStore, 'listMembers' | 'removeMember'>,
  owner: OwnerProof,
  accountId: string,
) {
  for (;;) {
    const found = (await members.listMembers()).find((member) => member.accountId === accountId);
    const told =
      found === undefined
        ? NOTHING_ALONE
        : {
            requestsAlone: found.losses.alone.length,
            repliesAlone: repliesAlone(found.losses),
          };
    const removed = await members.removeMember(owner, accountId, told);
    if (removed !== 'losses_changed') return removed;
  }
}
