import 'server-only';
import { once } from './runtime';

/** Seconds by which two clocks may differ before the instance's operator hears of it. */
const TOLERATED_DIFFERENCE = 180;

/** The database's clock, as nearly as this process knows it. Milliseconds since 1970. */
export interface DatabaseClock {
  nowMs(): number;
  learn(databaseNowMs: number): void;
}

export interface WatchedDatabaseClock extends DatabaseClock {
  /** Seconds by which this process's clock is ahead of the database's (negative: behind), as last seen. */
  differenceSeconds(): number;
  /** True if that is more than clocks that are kept right come to. */
  isFarOff(): boolean;
}

/**
 * This process's idea of the database's clock: its own clock, corrected by what
 * the database last said. Only the database decides; being wrong here costs one
 * more statement (see `placeMessages`).
 */
export function createDatabaseClock(nowMs: () => number = Date.now): WatchedDatabaseClock {
  let aheadMs = 0;
  const differenceSeconds = () => Math.round(-aheadMs / 1000);
  return {
    nowMs: () => Math.round(nowMs() + aheadMs),
    learn: (databaseNowMs) => {
      aheadMs = databaseNowMs - nowMs();
    },
    differenceSeconds,
    isFarOff: () => Math.abs(differenceSeconds()) > TOLERATED_DIFFERENCE,
  };
}

/** The one of this process. */
export const databaseClock = once('database clock', () => createDatabaseClock());
