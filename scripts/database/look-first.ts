import pg from 'pg';
import { connectionOf, ONLY_OWN_TABLES } from '@/lib/server/database-address';

const PATIENCE_MS = 3_000;

export interface FirstLook {
  /** Nobody has made an account yet. */
  readonly isUnowned: boolean;
  /** What the database's clock shows; milliseconds since 1970. */
  readonly nowMs: number;
}

/**
 * What is worth knowing before the first request; null where nothing could be seen. A database that
 * has gone away since it was migrated stops no start: the app, once it runs, tells that, and asks again.
 */
export async function lookFirst(databaseUrl: string): Promise<FirstLook | null> {
  const client = new pg.Client({
    ...connectionOf(databaseUrl),
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  });
  // A connection that breaks while it is idle must not end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(ONLY_OWN_TABLES);
    const { rows } = await client.query<FirstLook>(
      `SELECT NOT EXISTS (SELECT 1 FROM accounts) AS "isUnowned",
        extract(epoch FROM clock_timestamp())::float8 * 1000 AS "nowMs"`,
    );
    return rows[0] ?? null;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Runs one statement on a server, on a connection of its own. */
export async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(connectionOf(url));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The connection string for another database of the same server. */
export function databaseUrlFor(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
