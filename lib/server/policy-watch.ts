/**
 * Asks the database every few seconds who may send, so that the printed front
 * page follows what an owner decides at another instance, whether anybody looks
 * at it meanwhile or not, and no answer ever waits for it.
 */
import 'server-only';
import { readPolicy } from './accounts/sending-policy';
import { isDatabaseAway } from './database-errors';
import { askWhoMaySend } from './heard-policy';
import { logFailure } from './log-failure';
import { isStopping } from './stopping';

/** Milliseconds between two questions. */
const PAUSE = 5_000;

/** Asks now and again, until the process ends. */
export function startPolicyWatch(): void {
  setTimeout(() => void ask().finally(startPolicyWatch), PAUSE).unref();
}

async function ask(): Promise<void> {
  try {
    await askWhoMaySend(async () => (await readPolicy()).whoMaySend);
  } catch (error) {
    // That the database is away the sweeper tells already, less often.
    if (!isStopping() && !isDatabaseAway(error)) logFailure('policy watch', error);
  }
}
