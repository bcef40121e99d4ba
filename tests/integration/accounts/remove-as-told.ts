import { vi } from 'vitest';
import { findLosses } from '@/lib/accounts/losses';
import { listMembers, removeByOwner } from '@/lib/accounts/members';
import type { SignInProof } from '@/lib/accounts/proof';
import { completeRecovery, type RecoveredPassword } from '@/lib/accounts/recovery';
import { countLosses } from '@/lib/accounts/views';
import type { Prisma, PrismaClient } from '@/lib/server/prisma-client/client';
import { countWaiting, WAITING } from '../begin-while-waiting';

/** Of somebody who reads nothing alone. */
export const NOTHING_ALONE = { requestsAlone: 0, repliesAlone: 0 };

/** Runs the statements of an act in a transaction. */
export type Act = <Made>(
  work: (transaction: Prisma.TransactionClient) => Promise<Made>,
) => Promise<Made>;

const inTransaction =
  (client: PrismaClient): Act =>
  (work) =>
    client.$transaction(work);

/** Removes an account as an owner does: told what goes with it, and once more where that has changed. */
export async function removeAsTold(
  client: PrismaClient,
  owner: SignInProof,
  accountId: string,
  act = inTransaction(client),
) {
  for (;;) {
    const found = (await listMembers(client)).find((member) => member.accountId === accountId);
    const told = found === undefined ? NOTHING_ALONE : countLosses(found.losses.alone);
    const removed = await act((transaction) => removeByOwner(transaction, owner, accountId, told));
    if (removed !== 'losses_changed') return removed;
  }
}

/** Sets a password and a new vault as their owner does: told what goes with the old one, anew where that has changed. */
export async function replaceVaultAsTold(
  client: PrismaClient,
  accountId: string,
  tokenHash: Uint8Array,
  made: RecoveredPassword,
  act = inTransaction(client),
) {
  for (;;) {
    const told = countLosses((await findLosses(client, accountId)).alone);
    const done = await act((transaction) =>
      completeRecovery(transaction, tokenHash, { ...made, vaultIs: 'new', told }),
    );
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
      INSERT INTO sealed_items (id, request_id, epoch, seal, wrapped_ciphertext, expires_at)
      SELECT id # 1, request_id, epoch, seal, wrapped_ciphertext, expires_at FROM sealed_items
      WHERE request_id = ${requestId}`;
    return { removing };
  });
  return begun.removing;
}
