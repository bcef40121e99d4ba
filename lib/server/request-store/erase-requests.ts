import 'server-only';
import { Prisma } from '../prisma-client/client';
import { ERASED_REPLY_COLUMNS, destroyedBy } from './row';

/**
 * Erases the seeds and replies of requests that have just ended. Statements of
 * their own, after the one that ended the requests and in its transaction: a
 * reply that came until then is seen by these, and none comes after.
 */
export async function eraseRequests(
  transaction: Prisma.TransactionClient,
  ids: readonly bigint[],
): Promise<void> {
  const list = Prisma.sql`ANY(${[...ids]}::bigint[])`;
  await transaction.$executeRaw`
    UPDATE replies p SET
      state = (CASE WHEN p.state = 'CLAIMED' THEN 'OPENED' ELSE 'DESTROYED' END)::reply_state,
      ${destroyedBy('REQUEST_END')}, ended_at = clock_timestamp(), ${ERASED_REPLY_COLUMNS}
    WHERE p.request_id = ${list} AND p.state IN ('SEALED', 'CLAIMED')`;
  await transaction.$executeRaw`
    UPDATE request_readers rr SET sealed_seed = ''::bytea WHERE rr.request_id = ${list}`;
}
