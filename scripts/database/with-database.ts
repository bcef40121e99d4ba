import type { Settings } from '@/lib/server/settings';
import { startEmbeddedDatabase } from '../postgres/embedded-database';
import { findRunningDatabase } from '../postgres/running-database';
import { takeDataDirectory } from '../serve/data-directory';
import { migrateDatabase } from './migrations';
import { onServer } from './on-server';

/**
 * Gives the database that Sealpost works on, beside a Sealpost that runs or without one: the embedded
 * one is started for as long as the work takes.
 *
 * @param work gets its connection string
 */
export async function withDatabase(
  { databaseUrl, dataDir }: Settings,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const running = databaseUrl ?? (await findAnswering(dataDir));
  if (running !== null) return work(running);
  const release = await takeDataDirectory(dataDir);
  try {
    const database = await startEmbeddedDatabase(dataDir, console.error);
    try {
      await migrateDatabase(database.url);
      await work(database.url);
    } finally {
      await database.stop();
    }
  } finally {
    release();
  }
}

/** A start that was killed leaves a file that says it runs. */
async function findAnswering(dataDir: string): Promise<string | null> {
  const url = await findRunningDatabase(dataDir);
  if (url === null) return null;
  return onServer(url, 'SELECT 1').then(
    () => url,
    () => null,
  );
}
