/**
 * Whose turn it is to change ways in. Each act that does holds rows of them and takes the history's
 * last of all; what notices a restored database has the history's row, and ends every way in
 * with it. So the one waits until none of the others is under way: before any row, whether or not
 * they would meet.
 */
import 'server-only';
import type { Prisma } from '../prisma-client/client';

const WAYS_IN_LOCK = 724_003;

/** For an act: beside others, and never beside what ends all. To be taken before any row. */
export async function takeTurn(transaction: Prisma.TransactionClient): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock_shared(${WAYS_IN_LOCK}::int)`;
}

/** For what notices a restored database. To be taken before any row. */
export async function takeTurnAlone(transaction: Prisma.TransactionClient): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${WAYS_IN_LOCK}::int)`;
}
