import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { clusterDirectory } from './cluster';

const PASSWORDS = z.object({ application: z.string() });
/** Of `postmaster.pid`, which PostgreSQL writes while it runs. */
const PORT_LINE = 3;

/** The connection string of the embedded database that runs on `dataDir`; null where none does. */
export async function findRunningDatabase(dataDir: string): Promise<string | null> {
  const [pidFile, passwords] = await Promise.all([
    readIfThere(join(clusterDirectory(dataDir), 'postmaster.pid')),
    readIfThere(join(dataDir, 'postgres-passwords.json')),
  ]);
  if (pidFile === null || passwords === null) return null;
  const port = Number(pidFile.split('\n')[PORT_LINE]);
  if (!Number.isInteger(port) || port < 1) return null;
  const { application } = PASSWORDS.parse(JSON.parse(passwords));
  return `postgresql://sealpost:${application}@127.0.0.1:${String(port)}/sealpost`;
}

function readIfThere(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
}
