import pg from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import { PlainProblem } from '../setup/plain-problem.mjs';
import { chooseDatabaseAccount, openWayFor } from './account';
import { findPostgresBinaries } from './binaries';
import { clusterDirectory, prepareCluster, type Cluster } from './cluster';
import { findFreePort } from './free-port';
import { stopPredecessor } from './predecessor';
import { ServerStartError, startServerProcess, type ServerProcess } from './server-process';

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
