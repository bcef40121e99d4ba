import 'server-only';
import type { PrismaClient } from './prisma-client/client';
import { once } from './runtime';

/** The database can't be reached or can't take more: nothing was stored, nothing was lost. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';

  constructor(readonly isDiskFull = false) {
    super('The database is not available.');
  }
}

/** A statement failed for a reason that is a bug here. Carries no parameters of the statement. */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault';

  constructor(readonly code: string) {
    super(`A database statement failed (${code}).`);
  }
}

/**
 * SQLSTATE classes of a server that is away, shutting down, out of room or out of time, or that undid a
 * transaction for the sake of another (PostgreSQL documentation, appendix A).
 */
const AWAY_SQLSTATES = /^(08|25006|25P03|25P04|28|3D|40|53|55P03|57|58|XX000)/;

/** A disk of the database, as PostgreSQL says it. */
const DISK_FULL = '53100';
/** Milliseconds for which one such error counts: only another write could tell that there is room again. */
const REMEMBERED = 10_000;

const fullDisk = once('full disk of the database', () => ({ seenAtMs: -Infinity }));

/** A statement of the last seconds failed since a disk of the database was full. */
export function databaseWasFull(nowMs = performance.now()): boolean {
  return nowMs - fullDisk().seenAtMs < REMEMBERED;
}

/**
 * What the database's clock shows; milliseconds since 1970. Asked beside a row that is always
 * there, so that a database without the app's tables does not pass for one that works.
 *
 * @throws DatabaseAway, or DatabaseFault where it has no such table
 */
export async function askTime(client: PrismaClient): Promise<number> {
  const [row] = await guarded(
    () => client.$queryRaw<{ nowMs: bigint }[]>`
      SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs" FROM history`,
  );
  if (row === undefined) throw new Error('A statement that always answers did not.');
  return Number(row.nowMs);
}

/** How the driver adapter names a server that could not be asked. */
const AWAY_KINDS = new Set([
  'AuthenticationFailed',
  'ConnectionClosed',
  'DatabaseAccessDenied',
  'DatabaseDoesNotExist',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TlsConnectionError',
  'TooManyConnections',
]);

/** Prisma's own codes for pools and transactions that ran out of time or lost their server. */
const AWAY_CODES =
  /^(P1\d{3}|P2024|P2028|P2037|ECONN\w+|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_\w+|EHOST\w+)$/;

/** Errors of the pool itself carry no code; their messages are fixed texts of the driver. */
const AWAY_MESSAGES = /timeout|terminated|connection|not queryable|after calling end/i;

/**
 * Runs statements and reduces whatever the driver throws to one of two errors, so that none of its
 * messages, which may quote values, travels further. What else is thrown between the statements of a
 * transaction stays what it is: a keyring that can't be read, or a bug with the place where it is.
 */
export async function guarded<T>(statements: () => Promise<T>): Promise<T> {
  try {
    return await statements();
  } catch (error) {
    const cause = causeOf(error);
    if (!isOfDriver(error, cause)) throw error;
    if (!isAway(error, cause)) throw new DatabaseFault(cause.sqlState ?? cause.code);
    const isDiskFull = cause.sqlState === DISK_FULL;
    if (isDiskFull) fullDisk().seenAtMs = performance.now();
    throw new DatabaseAway(isDiskFull);
  }
}

interface Cause {
  readonly code: string;
  readonly kind: string | null;
  readonly sqlState: string | null;
}

/** What the driver calls its own errors, and Prisma those of its layers. */
const DRIVER_ERRORS = /^(error|Prisma\w+|DriverAdapterError)$/;

/** By names: the client is made in one bundle and used in others. */
function isOfDriver(error: unknown, { code }: Cause): boolean {
  if (!(error instanceof Error)) return false;
  // Of a socket or the pool, which throw plain errors.
  const isPlain = error.name === 'Error' || error.name === 'AggregateError';
  return (
    DRIVER_ERRORS.test(error.name) ||
    (isPlain && (code !== 'none' || AWAY_MESSAGES.test(error.message)))
  );
}

function isAway(error: unknown, { code, kind, sqlState }: Cause): boolean {
  if (sqlState !== null) return AWAY_SQLSTATES.test(sqlState);
  if (kind !== null) return AWAY_KINDS.has(kind);
  if (error instanceof Error && error.name === 'PrismaClientInitializationError') return true;
  if (AWAY_CODES.test(code)) return true;
  return error instanceof Error && code === 'none' && AWAY_MESSAGES.test(error.message);
}

/** What the driver said, which Prisma keeps in `meta.driverAdapterError.cause`. */
function causeOf(error: unknown): Cause {
  const cause = field(field(field(error, 'meta'), 'driverAdapterError'), 'cause');
  return {
    code: text(field(error, 'code')) ?? 'none',
    kind: text(field(cause, 'kind')),
    sqlState: text(field(cause, 'originalCode')),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (Object.getOwnPropertyDescriptor(value, name)?.value as unknown)
    : undefined;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
