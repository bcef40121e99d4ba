/**
 * Connections to PostgreSQL. Rules: every statement ends in time; nothing that lives as long as a
 * connection, or waits for one, keeps the request for which it was opened.
 */
import 'server-only';
import pg from 'pg';
import { connectionOf, ONLY_OWN_TABLES } from './database-address';
import { outsideRequests } from './request-context';

/**
 * Milliseconds. One that refuses is told to the person at once, one that is silent after this: not
 * after a minute, and not before a machine at its limit has begun a server process and checked the
 * password.
 */
export const CONNECT_TIMEOUT = 8_000;
export const STATEMENT_TIMEOUT = 10_000;

export interface PoolOptions {
  readonly connectionString: string;
  /** Connections at most. */
  readonly size: number;
  /** As PostgreSQL lists it. */
  readonly name: string;
  /** Milliseconds after which a statement counts as lost, whatever the server does; without it, never. */
  readonly queryTimeout?: number;
  readonly keepAlive?: boolean;
  /** Told of connections that the server closed: without a listener they would end the process. */
  readonly onLost: () => void;
}

/** Opens a pool. Errors of single statements are those of `pg`. */
export function openPool(options: PoolOptions): pg.Pool {
  const pool = new PoolOutsideRequests({
    ...connectionOf(options.connectionString),
    max: options.size,
    application_name: options.name,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    query_timeout: options.queryTimeout,
    keepAlive: options.keepAlive ?? false,
    ...WHEN_CONNECTED,
  });
  pool.on('error', options.onLost);
  return pool;
}

/** The pool waits for it, and gives a connection that fails here to nobody; its types do not say so. */
const WHEN_CONNECTED = {
  // Not as a parameter of the connection, which PgBouncer refuses.
  onConnect: async (client: pg.ClientBase): Promise<void> => {
    await client.query(`SET statement_timeout = ${String(STATEMENT_TIMEOUT)}; ${ONLY_OWN_TABLES}`);
  },
};

type Connected = Parameters<pg.Pool['connect']>[0];

/** Sockets and timers keep the context in which they were made, and with it what was posted. */
class PoolOutsideRequests extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    if (callback !== undefined) {
      outsideRequests(() => {
        super.connect(callback);
      });
      return;
    }
    return outsideRequests(() => super.connect()).then((client) => {
      const release = client.release.bind(client);
      client.release = (error) => {
        outsideRequests(() => {
          release(error);
        });
      };
      return client;
    });
  }
}
