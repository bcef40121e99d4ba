/** The parts of statements by which whatever opens once takes part in the history. */
import 'server-only';
import { Prisma } from '../prisma-client/client';

/**
 * A row, made at `createdAt`, is from before a restore, or the database is behind what was handed out
 * already: a restore that is not noticed yet.
 */
export function isClosedByRestore(expectedEndings: bigint, createdAt: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${isBehind(expectedEndings)} OR ${madeBeforeRestore(createdAt)})`;
}

/** The database has seen fewer endings than were recorded outside of it: it was restored. */
export function isBehind(expectedEndings: bigint): Prisma.Sql {
  return Prisma.sql`(SELECT h.endings < ${expectedEndings}::bigint FROM history h)`;
}

/** The row was made before a restore was noticed about which the owner has not decided yet. */
export function madeBeforeRestore(createdAt: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce(${createdAt} <= (SELECT refused_before FROM history), false)`;
}

/**
 * Counts an ending, in its own transaction. A database that is behind may end a row too, but must not
 * catch up by that, so there it counts nothing: the next statement still finds it behind. To notice it
 * here would end every way in with the history's row held already, out of order (`lib/requests/access.ts`).
 */
export function countEnding(expectedEndings: bigint, condition = Prisma.sql`true`): Prisma.Sql {
  return Prisma.sql`
    UPDATE history h
    SET endings = h.endings + CASE WHEN h.endings < ${expectedEndings}::bigint THEN 0 ELSE 1 END
    WHERE ${condition}
    RETURNING h.endings`;
}

/** Counts an ending in the statement that makes it: `located` says by its verdict whether there is one. */
export function countLocatedEnding(expectedEndings: bigint): Prisma.Sql {
  return countEnding(
    expectedEndings,
    Prisma.sql`EXISTS (SELECT 1 FROM located WHERE located.verdict IN ('claim', 'burn', 'end'))`,
  );
}
