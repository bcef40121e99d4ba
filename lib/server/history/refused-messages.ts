/** What stays closed behind a database that went back in time, until the owner decides. */
import 'server-only';
import { guarded } from '../database-errors';
import { log } from '../log';
import type { PrismaClient } from '../prisma-client/client';

/** Secrets and replies from before that wait still; what has expired meanwhile nobody needs to decide about. */
export async function countRefused(client: PrismaClient): Promise<number> {
  const rows = await guarded(
    () => client.$queryRaw<{ waiting: number }[]>`
      SELECT (
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
  return rows[0]?.waiting ?? 0;
}

/** Says it again at a later start: whoever reads the log then may not have read it before. */
export async function tellOfRefused(client: PrismaClient): Promise<void> {
  const count = await countRefused(client);
  if (count > 0) log.warn('restored_messages_refused', { count });
}
