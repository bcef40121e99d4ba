import pg from 'pg';
import {
  CertificateFileProblem,
  connectionOf,
  placeOf,
  settledAddresses,
} from '@/lib/server/database-address';
import { SAFETY_SETTINGS } from '@/lib/server/durability';
import { PlainProblem } from '../setup/plain-problem.mjs';

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
  /** Between two transactions the session may be another client's. */
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

const SENTENCES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host cannot be resolved now',
  ETIMEDOUT: 'it does not answer',
  ERR_INVALID_URL: 'it is not a valid address',
  '28P01': 'user or password is wrong',
  '3D000': 'there is no database of that name',
  '53300': 'the server has no connection left',
  '57P03': 'the server is starting up or shutting down',
  ENOENT: 'there is no socket',
  EACCES: 'its socket is closed to this user',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; is the clock right?',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate is for another name, which sslmode=verify-full checks: use the name in the certificate, or sslmode=verify-ca with sslrootcert',
};

/** Of OpenSSL, for an authority that it does not know. */
const UNKNOWN_AUTHORITY = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

/** Says in one line, without user or password, why the database of DATABASE_URL can't be used. */
function connectionProblem(databaseUrl: string, error: unknown): PlainProblem {
  return new PlainProblem(
    `DATABASE_URL does not lead to a usable PostgreSQL at ${placeOf(databaseUrl)}: ${reasonOf(error)}.`,
  );
}

/** Whether the same server might take the connection with TLS instead of without, or the reverse. */
function isAboutTls(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (code === '28000' || code === 'EPROTO' || code.startsWith('ERR_SSL_')) return true;
  return error.message.includes('not support SSL');
}

function reasonOf(error: unknown): string {
  // Both address families of a name failed: the first failure tells enough.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  if (!(first instanceof Error)) return 'unknown error';
  if (first instanceof CertificateFileProblem) return first.message;
  const code = 'code' in first ? String(first.code) : '';
  if (code === '28000') return reasonOfRefusal(first.message);
  if (UNKNOWN_AUTHORITY.includes(code)) {
    return 'its certificate is of an authority that is not known here: name the authority’s file with sslrootcert';
  }
  if (/^(EPROTO|ERR_SSL_)/.test(code)) {
    return first.message.includes('certificate')
      ? 'it refuses the certificate of sslcert'
      : 'it does not agree on TLS';
  }
  const sentence = SENTENCES[code];
  if (sentence !== undefined) return sentence;
  if (first.message.includes('timeout')) return 'it does not answer';
  if (first.message.includes('password must be a string')) return 'it needs a password';
  if (first.message.includes('not support SSL')) return 'it has no TLS, which sslmode asks for';
  return first instanceof pg.DatabaseError
    ? `it says ${code}`
    : code || 'it does not speak PostgreSQL';
}

/** Messages of PostgreSQL's own, in the language that most servers have. */
function reasonOfRefusal(message: string): string {
  if (message.includes('valid client certificate')) {
    return 'it asks for a certificate of its clients: set sslcert and sslkey';
  }
  if (message.includes('no encryption') || message.includes('SSL off')) {
    return 'it takes this user by TLS alone, or not at all: set sslmode=verify-full, or another that asks for TLS';
  }
  return 'the server refuses this user or connection';
}
