import type pg from 'pg';
import { openPool } from '../database-pool';
import { log } from '../log';
import 'server-only';

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
