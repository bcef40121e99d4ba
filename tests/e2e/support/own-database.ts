/** A PostgreSQL that a test may stop and start, on a port that stays the same. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { chooseDatabaseAccount } from '@/scripts/postgres/account';
import { findPostgresBinaries } from '@/scripts/postgres/binaries';
import { prepareCluster } from '@/scripts/postgres/cluster';
import { findFreePort } from '@/scripts/postgres/free-port';
import { startServerProcess, type ServerProcess } from '@/scripts/postgres/server-process';

export interface OwnDatabase {
  /** Connection string of a role that may do everything. */
  readonly url: string;
  /** Where its files are. */
  readonly directory: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Rows of one statement, on a connection of its own. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Stops it and removes its files. */
  remove(): Promise<void>;
}

export async function createOwnDatabase(): Promise<OwnDatabase> {
  const parent = await mkdtemp(join(tmpdir(), 'sealpost-e2e-database-'));
  const { postgres, initdb } = await findPostgresBinaries();
  const account = chooseDatabaseAccount();
  const cluster = await prepareCluster(parent, account, { postgres, initdb });
  const port = await findFreePort();
  const url = `postgresql://postgres:${cluster.administratorPassword}@127.0.0.1:${String(port)}/postgres`;
  let server: ServerProcess | null = null;

  const database: OwnDatabase = {
    url,
    directory: cluster.directory,
    async start() {
      server = await startServerProcess({ postgres, directory: cluster.directory, port, account });
    },
    async stop() {
      await server?.stop();
      server = null;
    },
    async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query<Row>(sql, values)).rows;
      } finally {
        await client.end();
      }
    },
    async remove() {
      await database.stop();
      await rm(parent, { recursive: true, force: true });
    },
  };
  await database.start();
  return database;
}
