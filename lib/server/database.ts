import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import { log } from './log';
import { PrismaClient } from './prisma-client/client';
import { once } from './runtime';
import { settings } from './settings';
import { isStopping } from './stopping';

/** Connections of one process. */
export const POOL_SIZE = 16;
/** Milliseconds. A database that is away is told to the person soon, not after a minute. */
const CONNECT_TIMEOUT = 3_000;
const STATEMENT_TIMEOUT = 10_000;
/**
 * Longer than the pool itself waits for a connection, and as long as one statement may take: a
 * machine that is slow is no database that is away.
 */
const TRANSACTION = { maxWait: CONNECT_TIMEOUT + 1_000, timeout: STATEMENT_TIMEOUT };

/** Opens a pool of connections; tests open their own on databases of their own. */
export function connect(connectionString: string): PrismaClient {
  const adapter = new PrismaPg(
    {
      connectionString,
      max: POOL_SIZE,
      connectionTimeoutMillis: CONNECT_TIMEOUT,
      statement_timeout: STATEMENT_TIMEOUT,
      query_timeout: STATEMENT_TIMEOUT + 2_000,
      application_name: 'sealpost',
    },
    {
      // Without listeners, an idle connection that the server closes would end the process.
      onPoolError: onConnectionLost,
      onConnectionError: onConnectionLost,
    },
  );
  return new PrismaClient({ adapter, errorFormat: 'minimal', transactionOptions: TRANSACTION });
}

function onConnectionLost(): void {
  if (!isStopping()) log.warn('database_connection_lost');
}

/** The process's one client. The pool reconnects by itself once the database is back. */
export const database = once('database', () => {
  const { databaseUrl } = settings();
  if (databaseUrl === null) throw new Error('DATABASE_URL is not set.');
  return connect(databaseUrl);
});
