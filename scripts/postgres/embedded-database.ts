import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { PlainProblem } from '../setup/plain-problem.mjs';
import { chooseDatabaseAccount, openWayFor } from './account';
import { type Cluster, clusterDirectory, prepareCluster } from './cluster';
import { stopPredecessor } from './predecessor';
import {
  findFreePort,
  findPostgresBinaries,
  type ServerProcess,
  ServerStartError,
  startServerProcess,
} from './server-process';

const APPLICATION = 'sealpost';
const START_ATTEMPTS = 20;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export interface EmbeddedDatabase {
  /** Connection string of the app's own role and database. */
  url: string;
  /** Connection string of the role `postgres`, which may create databases. */
  administratorUrl: string;
  /** Stops PostgreSQL in order. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on `dataDir` (absolute; the caller holds its lock), making its files first
 * where there are none, and keeps it running: when it dies it is started again on the same port.
 *
 * @param say is told when it died and when it is back.
 */
export async function startEmbeddedDatabase(
  dataDir: string,
  say: (line: string) => void,
): Promise<EmbeddedDatabase> {
  const binaries = await findPostgresBinaries();
  const account = chooseDatabaseAccount();
  await openWayFor(account, dataDir, binaries.postgres);
  // Before its files may change hands.
  await stopPredecessor(clusterDirectory(dataDir));
  const cluster = await prepareCluster(dataDir, account, binaries);

  const port = await findFreePort();
  const start = () =>
    startServerProcess({
      postgres: binaries.postgres,
      directory: cluster.directory,
      port,
      account,
    });
  let server = await startWithPatience(start);
  let stopping = false;
  const isStopping = () => stopping;

  const keepRunning = async (): Promise<void> => {
    for (;;) {
      await server.ended;
      if (isStopping()) return;
      say('The database stopped by itself; starting it again.');
      server = await startAgain(start, isStopping);
      if (isStopping()) {
        await server.stop();
        return;
      }
      say('The database is back.');
    }
  };
  const kept = keepRunning();

  const urls = {
    url: connectionUrl(APPLICATION, cluster.applicationPassword, port, APPLICATION),
    administratorUrl: connectionUrl('postgres', cluster.administratorPassword, port, 'postgres'),
  };
  await ensureApplicationDatabase(urls.administratorUrl, cluster);

  return {
    ...urls,
    async stop() {
      stopping = true;
      await server.stop();
      await kept;
    },
  };
}

/** Backends of a killed predecessor need a moment to go; everything else is a real problem. */
async function startWithPatience(start: () => Promise<ServerProcess>): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof ServerStartError)) throw error;
      if (!error.message.includes('still in use') || attempt === START_ATTEMPTS) {
        throw new PlainProblem(`The embedded PostgreSQL does not start: ${error.message}`);
      }
      await delay(2 * FIRST_PAUSE_MS);
    }
  }
}

async function startAgain(
  start: () => Promise<ServerProcess>,
  isStopping: () => boolean,
): Promise<ServerProcess> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    await delay(pause);
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof ServerStartError)) throw error;
      if (isStopping()) return { ended: Promise.resolve(), stop: async () => {} };
    }
  }
}

async function ensureApplicationDatabase(
  administratorUrl: string,
  cluster: Cluster,
): Promise<void> {
  const client = new pg.Client({ connectionString: administratorUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role,
              EXISTS (SELECT FROM pg_database WHERE datname = $1) AS database`,
      [APPLICATION],
    );
    if (rows[0]?.role !== true) {
      const password = client.escapeLiteral(cluster.applicationPassword);
      await client.query(`CREATE ROLE ${APPLICATION} LOGIN PASSWORD ${password}`);
    }
    if (rows[0]?.database !== true) {
      await client.query(`CREATE DATABASE ${APPLICATION} OWNER ${APPLICATION}`);
    }
  } finally {
    await client.end();
  }
}

function connectionUrl(role: string, password: string, port: number, database: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${String(port)}/${database}?sslmode=disable`;
}

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
