/** What is kept closed in a restored database, until the owner decides. */
import 'server-only';
import { guarded } from '../database-errors';
import { log } from '../log';
import type { PrismaClient } from '../prisma-client/client';

export interface KeptClosed {
  /** Everything that was made until then is. */
  readonly before: Date;
  /** Secrets and replies from before that wait still: what has expired needs no decision. */
  readonly waiting: number;
}

/** null for a database that was never restored, or about which the owner has decided. */
export async function findKeptClosed(client: PrismaClient): Promise<KeptClosed | null> {
  const rows = await guarded(
    () => client.$queryRaw<KeptClosed[]>`
      SELECT h.refused_before AS "before", (
        SELECT count(*) FROM sealed_items i
        WHERE i.state IN ('SEALED', 'CLAIMED') AND i.created_at <= h.refused_before
          AND i.expires_at > clock_timestamp()
      )::int AS "waiting"
      FROM history h WHERE h.refused_before IS NOT NULL`,
  );
  return rows[0] ?? null;
}

/**
 * Says in the log what waits for a decision, once for each restore; a process
 * that begins later says it again, since its log may be read by an operator who has not seen the last one.
 *
 * @param told the one it was said of already, if any
 * @returns the one it is said of now
 */
export async function tellOfKeptClosed(
  client: PrismaClient,
  told: Date | null,
): Promise<Date | null> {
  const found = await findKeptClosed(client);
  if (found === null || found.waiting === 0) return told;
  if (found.before.getTime() !== told?.getTime()) {
    log.warn('restored_messages_refused', { count: found.waiting });
  }
  return found.before;
}
