import 'server-only';
import { DatabaseAway, DatabaseFault } from './database-errors';
import { log } from './log';

/** A database that is away is told as such; anything else is a bug, told by the code it has. */
export function logFailure(at: string, error: unknown): void {
  if (error instanceof DatabaseAway) {
    log.warn('database_away', { at });
    return;
  }
  const name = error instanceof Error ? error.name : 'unknown';
  const code = error instanceof DatabaseFault ? error.code : name;
  log.error('request_failed', { at, code });
}
