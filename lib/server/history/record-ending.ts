/** What follows from an ending that can't be recorded outside the database: a full or read-only disk. */
import 'server-only';
import { logFailure } from '../log-failure';
import type { HistoryGuard } from './history-guard';

/**
 * Records a claim before anything of it is handed out. What can't be recorded is undone, so that it
 * opens once there is room again.
 *
 * @throws what `history.record` throws
 */
export async function recordOrUndo(
  history: HistoryGuard,
  endings: bigint,
  undo: () => Promise<void>,
): Promise<void> {
  try {
    await history.record(endings);
  } catch (error) {
    // Where that fails too the claim stands: its nonce may ask again until the lease ends.
    await undo().catch((failure: unknown) => logFailure('undoing a claim', failure));
    throw error;
  }
}

/**
 * Records an ending that erased something and hands nothing out. It is true whether or not the mark
 * can be moved, so its caller is told so; the mark follows with the next one that is written.
 */
export async function recordErased(
  history: Pick<HistoryGuard, 'record'>,
  endings: bigint | null,
): Promise<void> {
  if (endings === null) return;
  try {
    await history.record(endings);
  } catch (error) {
    logFailure('recording an ending', error);
  }
}
