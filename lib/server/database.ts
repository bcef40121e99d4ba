import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { CONNECT_TIMEOUT, openPool, STATEMENT_TIMEOUT } from './database-pool';
import { log } from './log';
import { PrismaClient } from './prisma-client/client';
import { once } from './runtime';
import { settings } from './settings';
import { isStopping } from './stopping';

/** Connections of one process. */
export const POOL_SIZE = 16;
/**
 * Milliseconds. Longer than the pool itself waits for a connection, and as long as one statement may
 * take: a machine that is slow is no database that is away.
 */
const TRANSACTION = { maxWait: CONNECT_TIMEOUT + 1_000, timeout: STATEMENT_TIMEOUT };

/** Opens a pool of connections; tests open their own on databases of their own. */
export function connect(connectionString: string): PrismaClient {
  return clientOf(poolOf(connectionString));
}

function poolOf(connectionString: string): Pool {
  return openPool({
    connectionString,
    size: POOL_SIZE,
    name: 'sealpost',
    queryTimeout: STATEMENT_TIMEOUT + 2_000,
    onLost: onConnectionLost,
  });
}

function clientOf(pool: Pool): PrismaClient {
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    onConnectionError: onConnectionLost,
  });
  return new PrismaClient({ adapter, errorFormat: 'minimal', transactionOptions: TRANSACTION });
}

function onConnectionLost(): void {
  if (!isStopping()) log.warn('database_connection_lost');
}

/** The process's connections, for statements that Prisma does not make. */
export const databasePool = once('database pool', () => {
  const { databaseUrl } = settings();
  if (databaseUrl === null) throw new Error('DATABASE_URL is not set.');
  return poolOf(databaseUrl);
});

/** The process's one client, on those connections. The pool reconnects by itself once the database is back. */
export const database = once('database', () => clientOf(databasePool()));
