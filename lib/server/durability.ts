/**
 * Whether PostgreSQL keeps what it acknowledged. With one of these settings off, a crash may bring
 * back what was opened; they can be turned off while the app runs, so it is asked again and again.
 */
import 'server-only';
import { guarded } from './database-errors';
import { log } from './log';
import type { PrismaClient } from './prisma-client/client';
import { once } from './runtime';

export const SAFETY_SETTINGS = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

/** The database may forget what it acknowledged, so nothing is opened. */
export class DatabaseUnsafe extends Error {
  override readonly name = 'DatabaseUnsafe';
}

const seen = once('durability', () => ({ isUnsafe: false }));

/**
 * Asks the database, and says in the log, once each time, what has changed.
 *
 * @throws DatabaseAway
 */
export async function watchDurability(client: PrismaClient): Promise<void> {
  const rows = await guarded(
    () => client.$queryRaw<{ name: string }[]>`
      SELECT name FROM pg_settings
      WHERE name = ANY(${[...SAFETY_SETTINGS]}::text[]) AND setting = 'off'`,
  );
  const held = seen();
  const wasUnsafe = held.isUnsafe;
  held.isUnsafe = rows.length > 0;
  if (held.isUnsafe === wasUnsafe) return;
  if (wasUnsafe) log.info('database_safe');
  else log.error('database_unsafe', { code: rows.map(({ name }) => name).join(' ') });
}

/** As it was seen last. */
export function isDatabaseUnsafe(): boolean {
  return seen().isUnsafe;
}
