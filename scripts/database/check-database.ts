import pg from 'pg';
import { SAFETY_SETTINGS } from '@/lib/server/durability';
import { PlainProblem } from '../setup/plain-problem.mjs';
import { connectionProblem } from './connection-problem';

const OLDEST_VERSION = 140_000;
const CONNECT_TIMEOUT_MS = 8_000;

/**
 * Makes sure that the database answers, is new enough, and remembers what it acknowledged.
 *
 * @throws PlainProblem
 */
export async function checkDatabase(
  databaseUrl: string,
  { allowUnsafe }: { allowUnsafe: boolean },
): Promise<void> {
  const { version, off } = await ask(databaseUrl);
  if (version < OLDEST_VERSION) {
    throw new PlainProblem(
      `The database is PostgreSQL ${String(Math.floor(version / 10_000))}; Sealpost needs 14 or newer.`,
    );
  }
  if (off.length > 0 && !allowUnsafe) {
    throw new PlainProblem(
      `The database runs with ${off.join(' and ')} off, so a crash could bring back a secret that was read: turn it on, or set ALLOW_UNSAFE_DATABASE=1.`,
    );
  }
}

async function ask(databaseUrl: string): Promise<{ version: number; off: string[] }> {
  try {
    const client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    // A connection that breaks while it is idle must not end the process.
    client.on('error', () => {});
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string; setting: string }>(
        `SELECT name, setting FROM pg_settings WHERE name = 'server_version_num' OR name = ANY($1)`,
        [[...SAFETY_SETTINGS]],
      );
      const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
      return {
        version: Number(settings.get('server_version_num')),
        off: SAFETY_SETTINGS.filter((name) => settings.get(name) === 'off'),
      };
    } finally {
      await client.end();
    }
  } catch (error) {
    throw connectionProblem(databaseUrl, error);
  }
}
