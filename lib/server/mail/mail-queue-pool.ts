import pg from 'pg';
import { log } from '../log';
import 'server-only';

/** Milliseconds. */
const CONNECT_TIMEOUT = 3_000;
const STATEMENT_TIMEOUT = 10_000;

/** Connections for the queue's own statements, apart from those that answer requests. */
export function openMailQueuePool(connectionString: string, size: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: size,
    // One connection waits for news, silently: a host that vanished would not be noticed.
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    statement_timeout: STATEMENT_TIMEOUT,
    application_name: 'sealpost mail',
  });
  // Without listeners, a connection that the server closes would end the process.
  const onLost = () => {
    log.warn('database_connection_lost', { at: 'mail' });
  };
  pool.on('error', onLost);
  pool.on('connect', (client) => client.on('error', onLost));
  return pool;
}
