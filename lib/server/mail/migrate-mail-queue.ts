import { runMigrations } from 'graphile-worker';
import { QUEUE_SCHEMA } from './queue-names';
import { openMailQueuePool } from './mail-queue-pool';
import { workerLog } from './worker-log';
import 'server-only';

/**
 * Brings the queue's tables, which are its library's own, to the version of the library.
 *
 * @throws pg.DatabaseError, 42501 for a role that may not create schemas
 */
export async function migrateMailQueue(databaseUrl: string): Promise<void> {
  const pool = openMailQueuePool(databaseUrl, 1);
  try {
    await runMigrations({ pgPool: pool, schema: QUEUE_SCHEMA, logger: workerLog });
  } finally {
    await pool.end();
  }
}
