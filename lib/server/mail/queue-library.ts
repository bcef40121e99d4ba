/**
 * What the queue's library (graphile-worker) is given: its schema, connections of its own, a log. Its
 * words quote errors, and those quote addresses: what is told of them is that something went wrong,
 * and its code.
 */
import { Logger, runMigrations } from 'graphile-worker';
import type pg from 'pg';
import { ProtocolError } from '@/lib/protocol/errors';
import { openPool } from '../database-pool';
import { log } from '../log';
import 'server-only';

/** The schema of the queue's tables; statements write it out. */
export const QUEUE_SCHEMA = 'graphile_worker';

/** Connections for the queue's own statements, apart from those that answer requests. */
export function openMailQueuePool(connectionString: string, size: number): pg.Pool {
  const onLost = () => {
    log.warn('database_connection_lost', { at: 'mail' });
  };
  const pool = openPool({
    connectionString,
    size,
    name: 'sealpost mail',
    // One connection waits for news, silently: a host that vanished would not be noticed.
    keepAlive: true,
    onLost,
  });
  pool.on('connect', (client) => client.on('error', onLost));
  return pool;
}

/**
 * Brings the queue's tables, which are the library's own, to the version of the library.
 *
 * @throws pg.DatabaseError, 42501 for a role that may not create schemas
 */
export async function migrateMailQueue(databaseUrl: string): Promise<void> {
  const pool = openMailQueuePool(databaseUrl, 1);
  try {
    await runMigrations({ pgPool: pool, schema: QUEUE_SCHEMA, logger: workerLog });
  } finally {
    await pool.end();
  }
}

const TOLD_LEVELS = new Set<string>(['error', 'warning']);

/** A try that failed has said so itself. */
export const workerLog = new Logger(() => (level, _message, meta = {}) => {
  if (!TOLD_LEVELS.has(level) || meta['failure'] === true) return;
  log.warn('mail_queue_failed', { code: failureCode(meta['error']) });
});

/**
 * What may be told of an error on the way of a mail: a code of ours, of PostgreSQL or of
 * nodemailer, with the server's number ('EENVELOPE 550'). The message may quote an address.
 */
export function failureCode(error: unknown): string {
  if (error instanceof ProtocolError) return error.code;
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : wordOf(error);
  const number = 'responseCode' in error ? error.responseCode : undefined;
  return typeof number === 'number' ? `${code} ${String(number)}` : code;
}

/** Errors of the pool carry no code; their messages are fixed texts of the driver, and told by these. */
const WORDS: readonly (readonly [message: RegExp, word: string])[] = [
  [/^(timeout (exceeded|expired)|.*due to connection timeout)/i, 'no_connection_in_time'],
  [/^query read timeout/i, 'no_answer_in_time'],
  [/^(connection terminated|client has encountered a connection error)/i, 'connection_lost'],
];

function wordOf({ message, name }: Error): string {
  return WORDS.find(([pattern]) => pattern.test(message))?.[1] ?? name;
}
