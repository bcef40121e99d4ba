/** The parts of statements by which whatever opens once takes part in the history. */
import 'server-only';
import { Prisma } from '../prisma-client/client';

/**
 * A row, made at `createdAt`, is older than the moment at which the database
 * went back in time, or the database is behind what was handed out already.
 */
export function refusedByHistory(expectedEndings: bigint, createdAt: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT h.endings < ${expectedEndings}::bigint
    OR coalesce(${createdAt} <= h.refused_before, false) FROM history h)`;
}

/** Counts an ending in the statement that makes it: `located` says by its verdict whether there is one. */
export const COUNT_ENDING = Prisma.sql`
  UPDATE history h SET endings = h.endings + 1
  WHERE EXISTS (SELECT 1 FROM located WHERE located.verdict IN ('claim', 'burn', 'end'))
  RETURNING h.endings`;
