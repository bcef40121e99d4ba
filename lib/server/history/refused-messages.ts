/** What stays closed behind a database that went back in time, until the owner decides. */
import 'server-only';
import { guarded } from '../database-errors';
import { log } from '../log';
import type { PrismaClient } from '../prisma-client/client';

export interface Refused {
  /** Everything that was made until then is. */
  readonly before: Date;
  /** Secrets and replies from before that wait still: what has expired needs no decision. */
  readonly waiting: number;
}

/** null for a database that never went back, or about which the owner has decided. */
export async function findRefused(client: PrismaClient): Promise<Refused | null> {
  const rows = await guarded(
    () => client.$queryRaw<Refused[]>`
      SELECT h.refused_before AS "before", (
        SELECT count(*) FROM messages m
        WHERE m.state IN ('SEALED', 'CLAIMED') AND m.created_at <= h.refused_before
          AND m.expires_at > clock_timestamp()
      )::int + (
        SELECT count(*) FROM replies p JOIN requests r ON r.id = p.request_id
        WHERE p.state IN ('SEALED', 'CLAIMED') AND p.created_at <= h.refused_before
          AND r.state <> 'ENDED' AND r.keep_until > clock_timestamp()
      )::int AS "waiting"
      FROM history h WHERE h.refused_before IS NOT NULL`,
  );
  return rows[0] ?? null;
}

/**
 * Says in the log what waits for a decision, once for each time that a database went back; a process
 * that begins later says it again, since whoever reads its log may not have read that of the last.
 *
 * @param told the one it was said of already, if any
 * @returns the one it is said of now
 */
export async function tellOfRefused(client: PrismaClient, told: Date | null): Promise<Date | null> {
  const found = await findRefused(client);
  if (found === null || found.waiting === 0) return told;
  if (found.before.getTime() !== told?.getTime()) {
    log.warn('restored_messages_refused', { count: found.waiting });
  }
  return found.before;
}
