import pg from 'pg';

const PATIENCE_MS = 3_000;

/**
 * Whether nobody has made an account yet. False as well when the database doesn't say: then there
 * is nothing to tell about it, and the app, which runs by now, tells that it is away.
 */
export async function isUnowned(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  });
  // A connection that breaks while it is idle must not end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ isUnowned: boolean }>(
      'SELECT NOT EXISTS (SELECT 1 FROM accounts) AS "isUnowned"',
    );
    return rows[0]?.isUnowned ?? false;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
