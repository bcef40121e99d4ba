import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedDatabase, type EmbeddedDatabase } from './embedded-database';

/** Runs `work` with an empty embedded PostgreSQL that is gone afterwards. */
export async function withScratchDatabase<T>(
  work: (database: EmbeddedDatabase) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'sealpost-scratch-'));
  const database = await startEmbeddedDatabase(directory, () => {});
  try {
    return await work(database);
  } finally {
    await database.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
