import 'server-only';
import type { DatabaseClock } from '@/lib/messages/ports';

/**
 * This process's idea of the database's clock: its own clock, corrected by what
 * the database last said. Only the database decides; being wrong here costs one
 * more statement (see `placeMessage`).
 */
export function createDatabaseClock(nowMs: () => number = Date.now): DatabaseClock {
  let aheadMs = 0;
  return {
    nowMs: () => Math.round(nowMs() + aheadMs),
    learn: (databaseNowMs) => {
      aheadMs = databaseNowMs - nowMs();
    },
  };
}
