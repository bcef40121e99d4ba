import { vi } from 'vitest';
import type { MemberStore, OwnerProof } from '@/lib/accounts/member-ports';
import type { NewPassword, RecoveryStore } from '@/lib/accounts/recovery-ports';
import { countLosses } from '@/lib/accounts/views';
import type { PrismaClient } from '@/lib/server/prisma-client/client';
import { countWaiting, WAITING } from '../begin-while-waiting';

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
    const told = found === undefined ? NOTHING_ALONE : countLosses(found.losses.alone);
    const removed = await members.removeMember(owner, accountId, told);
    if (removed !== 'losses_changed') return removed;
  }
}

/** Sets a password and a new vault as their owner does: told what goes with the old one, anew where that has changed. */
export async function replaceVaultAsTold(
  recovery: Pick<RecoveryStore, 'findLosses' | 'complete'>,
  accountId: string,
  tokenHash: Uint8Array,
  made: NewPassword,
) {
  for (;;) {
    const told = countLosses((await recovery.findLosses(accountId)).alone);
    const done = await recovery.complete(tokenHash, { ...made, vaultIs: 'new', told });
    if (done !== 'losses_changed') return done;
  }
}

/** What comes of removing whoever reads a request with one reply, where another one arrives once that waits. */
export async function replyWhileRemoving<Outcome>(
  client: PrismaClient,
  requestId: bigint,
  remove: () => Promise<Outcome>,
): Promise<Outcome> {
  const begun = await client.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT id FROM requests WHERE id = ${requestId} FOR UPDATE`;
    const removing = remove();
    await vi.waitUntil(async () => (await countWaiting(client)) >= 1, WAITING);
    await transaction.$executeRaw`
      INSERT INTO replies (id, request_id, epoch, seal, wrapped_ciphertext)
      SELECT id # 1, request_id, epoch, seal, wrapped_ciphertext FROM replies
      WHERE request_id = ${requestId}`;
    return { removing };
  });
  return begun.removing;
}
