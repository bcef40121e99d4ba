import { vi } from 'vitest';
import type { PrismaClient } from '@/lib/server/prisma-client/client';
import { countWaiting, WAITING } from '../begin-while-waiting';

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
    await vi.waitUntil(async () => isOver || (await countWaiting(client)) > 0, WAITING);
    return { acting: begun };
  });
  return acting;
}
