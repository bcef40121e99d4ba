/** What is stored, for tests that look into it or change it behind the app’s back. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { chooseDatabaseAccount } from '@/scripts/postgres/account';
import { findPostgresBinaries } from '@/scripts/postgres/server-process';
import { prepareCluster } from '@/scripts/postgres/cluster';
import { findFreePort } from '@/scripts/postgres/server-process';
import { startServerProcess, type ServerProcess } from '@/scripts/postgres/server-process';
import { createDatabase, type DatabaseTemplate } from '@/tests/support/database-template';

export interface OwnDatabase {
  /** Connection string of a role that may do everything. */
  readonly url: string;
  /** Rows of one statement, on a connection of its own. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  remove(): Promise<void>;
}

/** A PostgreSQL that a test may stop and start, on a port that stays the same. */
export interface OwnDatabaseServer extends OwnDatabase {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A migrated, empty database on the server of the run. */
export async function createOwnDatabase(): Promise<OwnDatabase> {
  const given = process.env['SEALPOST_DATABASE_TEMPLATE'];
  if (given === undefined) throw new Error('The run has no template of a database.');
  const template = JSON.parse(given) as DatabaseTemplate;
  const { url, drop } = await createDatabase(template.server, template.database);
  return { url, query: (sql, values) => queryOn(url, sql, values), remove: drop };
}

export async function createOwnDatabaseServer(): Promise<OwnDatabaseServer> {
  const parent = await mkdtemp(join(tmpdir(), 'sealpost-e2e-database-'));
  const { postgres, initdb } = await findPostgresBinaries();
  const account = chooseDatabaseAccount();
  const cluster = await prepareCluster(parent, account, { postgres, initdb });
  const port = await findFreePort();
  const url = `postgresql://postgres:${cluster.administratorPassword}@127.0.0.1:${String(port)}/postgres`;
  let server: ServerProcess | null = null;

  const database: OwnDatabaseServer = {
    url,
    async start() {
      server = await startServerProcess({ postgres, directory: cluster.directory, port, account });
    },
    async stop() {
      await server?.stop();
      server = null;
    },
    query: (sql, values) => queryOn(url, sql, values),
    async remove() {
      await database.stop();
      await rm(parent, { recursive: true, force: true });
    },
  };
  await database.start();
  return database;
}

async function queryOn<Row extends pg.QueryResultRow>(
  connectionString: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
