/** The embedded PostgreSQL in the hands of a suite that kills it, copies it and brings copies back. */
import { chmod, cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { chooseDatabaseAccount, openWayFor } from '@/scripts/postgres/account';
import { findPostgresBinaries } from '@/scripts/postgres/server-process';
import { prepareCluster } from '@/scripts/postgres/cluster';
import { findFreePort } from '@/scripts/postgres/server-process';
import {
  ServerStartError,
  startServerProcess,
  type ServerProcess,
} from '@/scripts/postgres/server-process';

export interface FaultyDatabase {
  /** Connection string of a role that may do everything; the port stays the same. */
  readonly url: string;
  start(): Promise<void>;
  /** In order, with a checkpoint. */
  stop(): Promise<void>;
  /** At once: SIGKILL to the postmaster, or SIGQUIT, which PostgreSQL calls immediate. */
  kill(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void>;
  /** Keeps its files as they are; it must be stopped. */
  copyFiles(): Promise<void>;
  /** Puts the kept files in the place of what is there; it must be stopped. */
  restoreFiles(): Promise<void>;
  hasCopy(): boolean;
  /** The first row of one statement, on a connection of its own. */
  query<Row extends pg.QueryResultRow>(sql: string): Promise<Row | undefined>;
}

/** Backends of a killed server need a moment to go. */
const START_ATTEMPTS = 100;

/** @param parent where its files go. @param copies where copies of them go */
export async function createFaultyDatabase(
  parent: string,
  copies: string,
): Promise<FaultyDatabase> {
  const binaries = await findPostgresBinaries();
  const account = chooseDatabaseAccount();
  await openWayFor(account, parent, binaries.postgres);
  const prepare = () => prepareCluster(parent, account, binaries);
  const { directory, administratorPassword } = await prepare();
  const port = await findFreePort();
  const url = `postgresql://postgres:${administratorPassword}@127.0.0.1:${port}/postgres`;
  const copy = join(copies, 'postgres-copy');
  let server: ServerProcess | null = null;
  let copied = false;

  const copyTo = (from: string, to: string) =>
    cp(from, to, { recursive: true, preserveTimestamps: true });

  return {
    url,
    async start() {
      for (let attempt = 1; server === null; attempt += 1) {
        try {
          server = await startServerProcess({
            postgres: binaries.postgres,
            directory,
            port,
            account,
          });
        } catch (error) {
          if (!(error instanceof ServerStartError) || attempt === START_ATTEMPTS) throw error;
          await delay(100);
        }
      }
    },
    async stop() {
      await server?.stop();
      server = null;
    },
    async kill(signal) {
      if (server === null) return;
      const [pid] = (await readFile(join(directory, 'postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(pid), signal);
      await server.ended;
      server = null;
    },
    async copyFiles() {
      await rm(copy, { recursive: true, force: true });
      await copyTo(directory, copy);
      copied = true;
    },
    async restoreFiles() {
      await rm(directory, { recursive: true });
      await copyTo(copy, directory);
      await chmod(directory, 0o700);
      await prepare();
    },
    hasCopy: () => copied,
    async query<Row extends pg.QueryResultRow>(sql: string) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query<Row>(sql)).rows[0];
      } finally {
        await client.end();
      }
    },
  };
}
