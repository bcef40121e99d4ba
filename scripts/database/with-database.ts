import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '@/lib/server/settings';
import { clusterDirectory } from '../postgres/cluster';
import { startEmbeddedDatabase } from '../postgres/embedded-database';
import { findRunningDatabase } from '../postgres/embedded-database';
import { takeDataDirectory } from '../serve/data-directory';
import { PlainProblem } from '../setup/plain-problem.mjs';
import { settleDatabaseUrl } from './check-database';
import { migrateDatabase, requireMigrated } from './migrations';
import { onServer } from './look-first';

/**
 * Gives the database that Sealpost works on, beside a Sealpost that runs or without one: the embedded
 * one is started for as long as the work takes. It makes none.
 *
 * @param work gets its connection string
 * @throws PlainProblem where there is none
 */
export async function withDatabase(
  { databaseUrl, dataDir }: Settings,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const running =
    databaseUrl === null ? await findAnswering(dataDir) : await settleDatabaseUrl(databaseUrl);
  if (running !== null) {
    await requireMigrated(running);
    return work(running);
  }
  await requireCluster(dataDir);
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

async function requireCluster(dataDir: string): Promise<void> {
  try {
    await access(join(clusterDirectory(dataDir), 'PG_VERSION'));
  } catch {
    throw new PlainProblem(
      `There is no database in ${dataDir}: set DATA_DIR, or DATABASE_URL, as it is set for the app.`,
    );
  }
}
