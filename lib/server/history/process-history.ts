import { database } from '../database';
import { DatabaseUnsafe, isDatabaseUnsafe } from '../durability';
import { log } from '../log';
import { once } from '../runtime';
import { settings } from '../settings';
import {
  openKeptClosed,
  createHistoryGuard,
  discardKeptClosed,
  keepEverythingClosed,
  type HistoryGuard,
} from './history-guard';
import type { CountingHistory } from './counted-change';
import { findKeptClosed, tellOfKeptClosed } from './kept-closed';
import 'server-only';

interface ProcessHistory {
  /** Carrying out what the owner decided, once; null before that began. */
  settling: Promise<void> | null;
  /** The restored database that the log has told of. */
  told: Date | null;
}

const state = once('history', (): ProcessHistory => ({ settling: null, told: null }));

/** The mark lies beside the keyring, outside the database. */
const ownGuard = once('history guard', () =>
  createHistoryGuard(database(), `${settings().keyringFile}.history`),
);

/**
 * The guard of this process's database. Nothing is opened before what the owner decided about a
 * restored one is carried out: a first opening would leave a mark that looks as if all were well.
 */
export function historyGuard(): HistoryGuard {
  return {
    ...ownGuard(),
    expectedEndings: async () => {
      await settleHistory();
      return ownGuard().expectedEndings();
    },
    expectedBeforeClaim: async () => {
      if (isDatabaseUnsafe() && !settings().allowUnsafeDatabase) throw new DatabaseUnsafe();
      await settleHistory();
      return ownGuard().expectedBeforeClaim();
    },
    notice: async () => {
      await settleHistory();
      return ownGuard().notice();
    },
  };
}

/**
 * The history for what runs beside the app. Where no mark lies, it makes none: that would look as if
 * all were well, and a first start that is told to discard would find nothing to.
 */
export function markedHistory(): CountingHistory {
  const guard = ownGuard();
  return {
    notice: async () => {
      if (await guard.isMarked()) await guard.notice();
    },
    expectedEndings: async () => ((await guard.isMarked()) ? guard.expectedEndings() : 0n),
    record: async (endings) => {
      if (await guard.isMarked()) await guard.record(endings);
    },
  };
}

/** Compares database and mark, and says in the log what waits for the owner's decision. */
export async function watchHistory(): Promise<void> {
  const held = state();
  const isFirst = held.settling === null;
  await settleHistory();
  if (!isFirst) await ownGuard().check();
  held.told = await tellOfKeptClosed(database(), held.told);
}

/** When the process begins; tried again until it succeeds. */
function settleHistory(): Promise<void> {
  const held = state();
  held.settling ??= carryOutDecision().catch((error: unknown) => {
    held.settling = null;
    throw error;
  });
  return held.settling;
}

async function carryOutDecision(): Promise<void> {
  const decision = settings().restoredDatabase;
  // Before the check, which leaves a mark: a start that breaks off in between is told the same again.
  if (decision === 'discard' && !(await ownGuard().isMarked())) {
    await keepEverythingClosed(database());
  }
  await ownGuard().check();
  if (decision === null) return;
  if (decision === 'discard') {
    log.warn('restored_messages_discarded', { count: await discardKeptClosed(database()) });
  } else log.warn('restored_messages_open');
  await openKeptClosed(database());
  // The mark learns of what was erased.
  await ownGuard().check();
}

/** How much waits for the owner's decision about a restored database. @throws DatabaseAway */
export async function countKeptClosed(): Promise<number> {
  return (await findKeptClosed(database()))?.waiting ?? 0;
}
