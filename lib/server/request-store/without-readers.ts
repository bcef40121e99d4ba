/**
 * What becomes of requests when one of their readers stops being one of any: the account goes, or
 * its vault. Rules: the account's row is held already, so that nobody makes it a reader of anything
 * more; the requests concerned are held next, in one order; who is left is counted in a statement
 * after that. One that nobody can read ends with its last reader, and what came unread is erased.
 */
import 'server-only';
import { Prisma } from '../prisma-client/client';
import { eraseRequests } from './erase-requests';

/**
 * The requests that the account reads or made, or of which it has opened a reply, held until the
 * transaction ends (see `lock-order.ts`): with the account, its name goes from all of them.
 */
export async function holdRequestsOf(
  transaction: Prisma.TransactionClient,
  accountId: string,
): Promise<readonly bigint[]> {
  const held = await transaction.$queryRaw<{ id: bigint }[]>`
    SELECT r.id FROM requests r
    WHERE r.created_by_id = ${accountId}::uuid OR r.id IN (
      SELECT request_id FROM request_readers WHERE account_id = ${accountId}::uuid
      UNION SELECT request_id FROM replies WHERE claimed_by_id = ${accountId}::uuid)
    ORDER BY r.id FOR UPDATE`;
  return held.map(({ id }) => id);
}

/** `r` is the table's alias. */
export const HAS_READER = Prisma.sql`EXISTS (
  SELECT 1 FROM request_readers rr WHERE rr.request_id = r.id)`;

/** Of the requests that are held, those that the account reads. */
export async function findReadBy(
  transaction: Prisma.TransactionClient,
  accountId: string,
): Promise<readonly bigint[]> {
  const rows = await transaction.$queryRaw<{ id: bigint }[]>`
    SELECT request_id AS id FROM request_readers WHERE account_id = ${accountId}::uuid`;
  return rows.map(({ id }) => id);
}

/** Their managers took nobody off: their pages say that somebody reads no more. */
export async function noteLostReader(
  transaction: Prisma.TransactionClient,
  ids: readonly bigint[],
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE requests SET reader_lost_at = clock_timestamp()
    WHERE id = ANY(${[...ids]}::bigint[]) AND state <> 'ENDED'`;
}

/** Ends those of the requests that have no reader any more. */
export async function endWithoutReaders(
  transaction: Prisma.TransactionClient,
  ids: readonly bigint[],
): Promise<void> {
  const ended = await transaction.$queryRaw<{ id: bigint }[]>`
    UPDATE requests r SET state = 'ENDED', public_key = NULL, ended_at = clock_timestamp()
    WHERE r.id = ANY(${[...ids]}::bigint[]) AND r.state <> 'ENDED' AND NOT ${HAS_READER}
    RETURNING r.id`;
  await eraseRequests(
    transaction,
    ended.map(({ id }) => id),
  );
}
