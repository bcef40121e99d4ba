import { database } from '../database';
import { log } from '../log';
import { settings } from '../settings';
import {
  acceptRestoredDatabase,
  createHistoryGuard,
  discardRestoredMessages,
  refuseEverythingUntilNow,
  type HistoryGuard,
} from './history-guard';
import { findRefused, tellOfRefused } from './refused-messages';
import 'server-only';

let guard: HistoryGuard | undefined;
let settling: Promise<void> | null = null;
let told: Date | null = null;

/** The mark lies beside the keyring, outside the database. */
function ownGuard(): HistoryGuard {
  guard ??= createHistoryGuard(database(), `${settings().keyringFile}.history`);
  return guard;
}

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
  };
}

/** Compares database and mark, and says in the log what waits for the owner's decision. */
export async function watchHistory(): Promise<void> {
  const isFirst = settling === null;
  await settleHistory();
  if (!isFirst) await ownGuard().check();
  told = await tellOfRefused(database(), told);
}

/** When the process begins; tried again until it succeeds. */
function settleHistory(): Promise<void> {
  settling ??= carryOutDecision().catch((error: unknown) => {
    settling = null;
    throw error;
  });
  return settling;
}

async function carryOutDecision(): Promise<void> {
  const decision = settings().restoredDatabase;
  // Before the check, which leaves a mark: a start that breaks off in between is told the same again.
  if (decision === 'discard' && !(await ownGuard().isMarked())) {
    await refuseEverythingUntilNow(database());
  }
  await ownGuard().check();
  if (decision === null) return;
  if (decision === 'discard') {
    log.warn('restored_messages_discarded', { count: await discardRestoredMessages(database()) });
  } else log.warn('restored_messages_open');
  await acceptRestoredDatabase(database());
  // The mark learns of what was erased.
  await ownGuard().check();
}

/** How much waits for the owner's decision about a restored database. @throws DatabaseAway */
export async function countRefusedByHistory(): Promise<number> {
  return (await findRefused(database()))?.waiting ?? 0;
}
