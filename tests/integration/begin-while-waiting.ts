import { vi } from 'vitest';
import type { Prisma, PrismaClient } from '@/lib/server/prisma-client/client';

/** For how long a test waits until somebody waits for a lock. */
export const WAITING = { timeout: 8_000, interval: 5 };

/**
 * What comes of two acts of which the second begins while the first has not ended. `hold` puts a
 * row into the way of the first, so that it waits in its middle; the row goes when the second waits
 * too, or is over without having waited.
 */
export async function beginWhileWaiting<First, Second>(
  client: PrismaClient,
  hold: (transaction: Prisma.TransactionClient) => Promise<unknown>,
  first: () => Promise<First>,
  second: () => Promise<Second>,
): Promise<readonly [First, Second]> {
  const undone = new Error('The row that was in the way goes.');
  const begun: { first?: Promise<First>; second?: Promise<Second> } = {};
  const held = client.$transaction(async (transaction) => {
    await hold(transaction);
    begun.first = first();
    await vi.waitUntil(async () => (await countWaiting(client)) >= 1, WAITING);
    let isOver = false;
    begun.second = second().finally(() => {
      isOver = true;
    });
    await vi.waitUntil(async () => isOver || (await countWaiting(client)) >= 2, WAITING);
    throw undone;
  });
  await held.catch((error: unknown) => {
    if (error !== undone) throw error;
  });
  if (begun.first === undefined || begun.second === undefined) throw new Error('None began.');
  return Promise.all([begun.first, begun.second]);
}

/** Connections to this database that wait for a lock. */
export async function countWaiting(client: PrismaClient): Promise<number> {
  const rows = await client.$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return rows.length;
}
