import { vi } from 'vitest';
import type { PrismaClient } from '@/lib/server/prisma-client/client';

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
    await vi.waitUntil(async () => isOver || (await isSomebodyWaiting(client)), {
      timeout: 4_000,
      interval: 5,
    });
    return { acting: begun };
  });
  return acting;
}

/** For a lock, in this database. */
async function isSomebodyWaiting(client: PrismaClient): Promise<boolean> {
  const rows = await client.$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return rows.length > 0;
}
