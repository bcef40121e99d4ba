import { vi } from 'vitest';
import type { Prisma, PrismaClient } from '@/lib/server/prisma-client/client';

/**
 * What comes of an act of an owner whose role is being taken: begun while that is not committed yet,
 * when every statement still sees an owner, and finished after it is.
 */
export async function actWhileDemoted<Outcome>(
  client: PrismaClient,
  ownerId: string,
  act: () => Promise<Outcome>,
): Promise<Outcome> {
  // In an object, or the transaction would wait for the act that waits for it.
  const { acting } = await client.$transaction(async (transaction) => {
    await transaction.$executeRaw`
      UPDATE accounts SET role = 'MEMBER' WHERE id = ${ownerId}::uuid`;
    let isOver = false;
    const begun = act().finally(() => {
      isOver = true;
    });
    await vi.waitUntil(async () => isOver || (await countWaiting(client)) > 0, {
      timeout: 4_000,
      interval: 5,
    });
    return { acting: begun };
  });
  return acting;
}

/**
 * The other order: what comes of a demotion that begins while its owner's act has not ended. The act
 * inserts a row with `tokenHash`, and `hold` one with the same: so it waits, in the middle.
 */
export async function demoteWhileActing<Outcome>(
  client: PrismaClient,
  hold: (transaction: Prisma.TransactionClient) => Promise<unknown>,
  act: () => Promise<unknown>,
  demote: () => Promise<Outcome>,
): Promise<Outcome> {
  const undone = new Error('The row that was in the way goes.');
  const begun: { acting?: Promise<unknown>; demoting?: Promise<Outcome> } = {};
  const held = client.$transaction(async (transaction) => {
    await hold(transaction);
    begun.acting = act();
    await waitForWaiting(client, 1);
    begun.demoting = demote();
    await waitForWaiting(client, 2);
    throw undone;
  });
  await held.catch((error: unknown) => {
    if (error !== undone) throw error;
  });
  await begun.acting;
  if (begun.demoting === undefined) throw new Error('The demotion did not begin.');
  return begun.demoting;
}

const waitForWaiting = (client: PrismaClient, howMany: number) =>
  vi.waitUntil(async () => (await countWaiting(client)) >= howMany, {
    timeout: 4_000,
    interval: 5,
  });

/** For a lock, in this database. */
async function countWaiting(client: PrismaClient): Promise<number> {
  const rows = await client.$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return rows.length;
}
