import pg from 'pg';
import { connectionOf, settledAddresses } from '@/lib/server/database-address';
import { SAFETY_SETTINGS } from '@/lib/server/durability';
import { PlainProblem } from '../setup/plain-problem.mjs';
import { connectionProblem, isAboutTls } from './connection-problem';

const OLDEST_VERSION = 140_000;
const CONNECT_TIMEOUT_MS = 8_000;

/**
 * Makes sure that the database answers, is new enough, and remembers what it acknowledged.
 *
 * @returns the address to use from now on, which leaves nothing open about TLS.
 * @throws PlainProblem
 */
export async function checkDatabase(
  databaseUrl: string,
  { allowUnsafe }: { allowUnsafe: boolean },
): Promise<string> {
  const settled = await settleDatabaseUrl(databaseUrl);
  const { version, off, isShared } = await ask(settled);
  if (version < OLDEST_VERSION) {
    throw new PlainProblem(
      `The database is PostgreSQL ${String(Math.floor(version / 10_000))}; Sealpost needs 14 or newer.`,
    );
  }
  if (isShared) {
    throw new PlainProblem(
      'DATABASE_URL leads to a pooler that lends connections for one transaction at a time; Sealpost needs whole sessions: set pool_mode = session for it (PgBouncer), or let DATABASE_URL lead to PostgreSQL itself.',
    );
  }
  if (off.length > 0 && !allowUnsafe) {
    throw new PlainProblem(
      `The database runs with ${off.join(' and ')} off, so a crash could bring back a secret that was read: turn it on, or set ALLOW_UNSAFE_DATABASE=1.`,
    );
  }
  return settled;
}

/**
 * Finds out what an address leaves open: with `sslmode=prefer`, which is what no word means,
 * whether the server has TLS; with `allow`, whether it asks for it.
 *
 * @throws PlainProblem
 */
export async function settleDatabaseUrl(databaseUrl: string): Promise<string> {
  let failure: unknown;
  for (const address of settledAddresses(databaseUrl)) {
    try {
      await withClient(address, () => Promise.resolve());
      return address;
    } catch (error) {
      failure = error;
      if (!isAboutTls(error)) break;
    }
  }
  throw connectionProblem(databaseUrl, failure);
}

interface Answers {
  readonly version: number;
  readonly off: string[];
  /** Between two transactions the session may be somebody else's. */
  readonly isShared: boolean;
}

async function ask(databaseUrl: string): Promise<Answers> {
  try {
    return await withClient(databaseUrl, async (client) => {
      const { rows } = await client.query<{ name: string; setting: string }>(
        `SELECT name, setting FROM pg_settings WHERE name = 'server_version_num' OR name = ANY($1)`,
        [[...SAFETY_SETTINGS]],
      );
      const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
      return {
        version: Number(settings.get('server_version_num')),
        off: SAFETY_SETTINGS.filter((name) => settings.get(name) === 'off'),
        isShared: await withClient(databaseUrl, (other) => isShared(client, other)),
      };
    });
  } catch (error) {
    throw connectionProblem(databaseUrl, error);
  }
}

/** Two clients in one session, or one in two: a pooler lends it by the transaction. */
async function isShared(one: pg.Client, other: pg.Client): Promise<boolean> {
  const before = await sessionOf(one);
  await other.query('BEGIN');
  // While the other holds what it was lent, the first could not be given the same.
  if ((await sessionOf(other)) === before) return true;
  return (await sessionOf(one)) !== before;
}

async function sessionOf(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid;
}

async function withClient<Result>(
  databaseUrl: string,
  use: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    ...connectionOf(databaseUrl),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
  });
  // A connection that breaks while it is idle must not end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
