/**
 * Notices a restored database: one that is an older copy of itself, from a backup or a replica that
 * lagged, and so is behind its mark. Rules: nothing is handed out before the mark says so, and before
 * the mark was asked, which another instance may have moved; everything that was made before a
 * restore was noticed is kept closed until the owner decides.
 */
import { Prisma, type PrismaClient } from '../prisma-client/client';
import { guarded } from '../database-errors';
import { log } from '../log';
import { endAll } from '@/lib/sealed/end';
import { MADE_BEFORE_RESTORE } from '@/lib/sealed/item';
import { inTransaction } from '../sql';
import { isBehind } from './history-conditions';
import { advanceMark, readMark, rewriteMark, type Mark } from './mark-file';
import { takeTurnAlone } from './ways-in-turn';
import 'server-only';

export interface HistoryGuard {
  /**
   * Endings that the database must have seen by now; a statement compares.
   *
   * @throws DatabaseAway or MarkError while that can't be told
   */
  expectedEndings(): Promise<bigint>;
  /**
   * The same, for what hands out: refused while an ending could not be recorded, so that nothing is
   * claimed for that.
   *
   * @throws DatabaseAway, MarkError or KeyringError
   */
  expectedBeforeClaim(): Promise<bigint>;
  /**
   * Notices a database that was restored since it was last asked, before something is read from it:
   * what an opening would be told, every page says.
   */
  notice(): Promise<void>;
  /** Whether an ending could be recorded now. @throws MarkError or KeyringError */
  proveRecordable(): Promise<void>;
  /** Makes an ending durable outside the database. To be awaited before anything is handed out. */
  record(endings: bigint): Promise<void>;
  /** Compares database and mark. @returns false for a restored database. */
  check(): Promise<boolean>;
  /** False where no mark of this database lies: nothing here could tell whether it was restored. */
  isMarked(): Promise<boolean>;
}

export function createHistoryGuard(client: PrismaClient, file: string): HistoryGuard {
  let known: Mark | null = null;
  let running: Promise<void> | null = null;
  let checking: Promise<boolean> | null = null;
  let wanted = 0n;
  /** An ending could not be recorded, and none was since. */
  let isStuck = false;
  let proving: Promise<void> | null = null;

  /** One write at a time; what arrives during one is covered by the next. */
  async function writeLatest(databaseId: string): Promise<void> {
    while (running !== null) await running;
    if (known !== null && known.endings >= wanted) return;
    running = advanceMark(file, { databaseId, endings: wanted })
      .then((mark) => {
        known = mark;
      })
      .finally(() => {
        running = null;
      });
    await running;
  }

  async function readBoth(): Promise<readonly [row: Mark, mark: Mark | null]> {
    // First the mark: an ending in between puts a database that is well ahead of it, not behind.
    const mark = await readMark(file);
    const [row] = await guarded(
      () => client.$queryRaw<Mark[]>`
        SELECT database_id::text AS "databaseId", endings FROM history`,
    );
    if (row === undefined) throw new Error('The database has no history.');
    return [row, mark];
  }

  async function check(): Promise<boolean> {
    const [row, mark] = await readBoth();
    if (mark?.databaseId !== row.databaseId || mark.endings <= row.endings) {
      known = await advanceMark(file, row);
      return true;
    }
    known = mark;
    await keepClosedIfBehind(client, mark.endings);
    log.error('database_went_back', { count: Number(mark.endings - row.endings) });
    return false;
  }

  /** Of many who ask before anything is known, one looks. */
  async function whatIsKnown(): Promise<Mark> {
    if (known === null) {
      checking ??= check().finally(() => {
        checking = null;
      });
      await checking;
    }
    if (known === null) throw new Error('The history was checked and is not known.');
    return known;
  }

  async function expectedEndings(): Promise<bigint> {
    const { databaseId, endings } = await whatIsKnown();
    const mark = await readMark(file);
    return mark?.databaseId === databaseId && mark.endings > endings ? mark.endings : endings;
  }

  /** Of many who ask at once, one writes. */
  function proveRecordable(): Promise<void> {
    proving ??= rewriteMark(file)
      .then((wasWritten) => {
        if (wasWritten) isStuck = false;
      })
      .finally(() => {
        proving = null;
      });
    return proving;
  }

  return {
    check,
    isMarked: async () => {
      const [row, mark] = await readBoth();
      return mark?.databaseId === row.databaseId;
    },
    expectedEndings,
    expectedBeforeClaim: async () => {
      if (isStuck) await proveRecordable();
      // Where the mark was taken away, the check writes one, or fails as the next record would.
      if (isStuck) await check();
      return expectedEndings();
    },
    notice: async () => {
      const expected = await expectedEndings();
      const [row] = await guarded(
        () => client.$queryRaw<{ isBehind: boolean }[]>`
          SELECT ${isBehind(expected)} AS "isBehind"`,
      );
      if (row?.isBehind === true) await check();
    },
    proveRecordable,
    record: async (endings) => {
      const { databaseId } = await whatIsKnown();
      if (endings > wanted) wanted = endings;
      try {
        await writeLatest(databaseId);
        isStuck = false;
      } catch (error) {
        isStuck = true;
        throw error;
      }
    },
  };
}

async function keepClosedIfBehind(client: PrismaClient, endings: bigint): Promise<void> {
  await keepClosed(
    client,
    Prisma.sql`
      UPDATE history SET endings = ${endings}::bigint, refused_before = clock_timestamp()
      WHERE endings < ${endings}::bigint`,
  );
}

/** A trigger of the database ends every way in with this statement: while nothing else changes one. */
async function keepClosed(client: PrismaClient, noticing: Prisma.Sql): Promise<void> {
  await guarded(() =>
    client.$transaction(async (transaction) => {
      await takeTurnAlone(transaction);
      await transaction.$executeRaw(noticing);
    }),
  );
}

/** For a database of which nothing here can tell how far it had come. */
export async function keepEverythingClosed(client: PrismaClient): Promise<void> {
  await keepClosed(client, Prisma.sql`UPDATE history SET refused_before = clock_timestamp()`);
}

/** The owner's decision to go on: what was made before opens again. */
export async function openKeptClosed(client: PrismaClient): Promise<void> {
  await guarded(() => client.$executeRaw`UPDATE history SET refused_before = NULL`);
}

/**
 * The owner's decision to let go: what waited when the restore was noticed is erased for good. A
 * message that was claimed was opened; of every other, also one whose time has passed since, nobody
 * can tell whether it was, and its tombstone says so. Each counts as an ending: where there was no
 * mark, nothing else would tell when the same copy is restored once more.
 *
 * @returns how many secrets and replies that were
 */
export async function discardKeptClosed(client: PrismaClient): Promise<number> {
  return inTransaction(client, async (transaction) => {
    const count = await endAll(transaction, MADE_BEFORE_RESTORE, 'RESTORE');
    await transaction.$executeRaw`UPDATE history SET endings = endings + ${count}::int`;
    return count;
  });
}
