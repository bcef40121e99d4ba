import pg from 'pg';
import { connectionOf, ONLY_OWN_TABLES } from '@/lib/server/database-address';

const PATIENCE_MS = 3_000;

export interface FirstLook {
  /** Nobody has made an account yet. */
  readonly isUnowned: boolean;
  /** Only members may send. */
  readonly isForMembers: boolean;
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
        EXISTS (SELECT 1 FROM policy WHERE who_may_send = 'MEMBERS') AS "isForMembers",
        extract(epoch FROM clock_timestamp())::float8 * 1000 AS "nowMs"`,
    );
    return rows[0] ?? null;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}
