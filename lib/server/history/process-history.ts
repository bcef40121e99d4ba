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
import { countRefused, tellOfRefused } from './refused-messages';
import 'server-only';

let shared: HistoryGuard | undefined;

/** The guard of this process's database; its mark lies beside the keyring, outside the database. */
export function historyGuard(): HistoryGuard {
  shared ??= createHistoryGuard(database(), `${settings().keyringFile}.history`);
  return shared;
}

/** Compares database and mark when the process begins, and carries out what the owner decided. */
export async function settleHistory(): Promise<void> {
  const guard = historyGuard();
  const decision = settings().restoredDatabase;
  // Asked first: the check leaves a mark.
  const isUntold = decision === 'discard' && !(await guard.isMarked());
  const isFurther = await guard.check();
  if (decision === null) {
    if (isFurther) await tellOfRefused(database());
    return;
  }
  if (decision === 'discard') {
    if (isUntold) await refuseEverythingUntilNow(database());
    log.warn('restored_messages_discarded', { count: await discardRestoredMessages(database()) });
  } else log.warn('restored_messages_open');
  await acceptRestoredDatabase(database());
}

/** How much waits for the owner's decision about a restored database. @throws DatabaseAway */
export function countRefusedByHistory(): Promise<number> {
  return countRefused(database());
}
