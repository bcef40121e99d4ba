/**
 * Changes of who gets in and of who reads what, which a restored database would undo:
 * each counts in the history with the same commit, and moves the mark, so that a copy from before it
 * is noticed by that alone.
 */
import 'server-only';
import { guarded } from '../database-errors';
import type { Prisma, PrismaClient } from '../prisma-client/client';
import { countEnding } from './history-conditions';
import type { HistoryGuard } from './history-guard';
import { recordErased } from './record-ending';
import { takeTurn } from './ways-in-turn';

/** What counting takes of the history. */
export type CountingHistory = Pick<HistoryGuard, 'notice' | 'expectedEndings' | 'record'>;

/**
 * Makes a change in one transaction, and counts it there last of all: every opening waits for the
 * history's row, and a transaction that holds it takes no other lock after it. A change that is
 * made is true whether or not the mark can be moved, as an ending that erased something is.
 *
 * @param isMade whether there is anything to count
 */
export async function makeCounted<Made>(
  client: PrismaClient,
  history: CountingHistory,
  make: (transaction: Prisma.TransactionClient) => Promise<Made>,
  isMade: (made: Made) => boolean,
): Promise<Made> {
  // What a copy lets in by has ended before anything is done by it.
  await history.notice();
  const expected = await history.expectedEndings();
  const { made, endings } = await guarded(() =>
    client.$transaction(async (transaction) => {
      await takeTurn(transaction);
      const made = await make(transaction);
      return { made, endings: isMade(made) ? await countIn(transaction, expected) : null };
    }),
  );
  await recordErased(history, endings);
  return made;
}

async function countIn(transaction: Prisma.TransactionClient, expected: bigint): Promise<bigint> {
  const [counted] = await transaction.$queryRaw<{ endings: bigint }[]>(countEnding(expected));
  if (counted === undefined) throw new Error('The database has no history.');
  return counted.endings;
}
