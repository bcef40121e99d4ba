import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { connectionOf, ONLY_OWN_TABLES } from '@/lib/server/database-address';
import { databaseUrlFor, onServer } from './on-server';

/*
 * Prisma's adapter for `pg`, with three of its ways mended for the schema engine:
 * - it splits a script at every semicolon, also inside strings and function bodies, and runs the
 *   pieces one by one. Sent whole, PostgreSQL splits it itself, in one transaction;
 * - it has no answer to the "char" columns of PostgreSQL's catalogue, which are text;
 * - it drops the shadow database while it is still connected to it.
 */

const CATALOGUE_CHAR = 18;
const TEXT = 25;

/** A factory of adapters for the database behind `url`, and what ends their connections. */
export function migrationAdapterFactory(url: string): {
  factory: SqlMigrationAwareDriverAdapterFactory;
  disconnect: () => Promise<void>;
} {
  const pool = openPool(url);
  return {
    factory: {
      provider: 'postgres',
      adapterName: '@prisma/adapter-pg',
      connect: () => openAdapter(pool),
      connectToShadowDb: () => openShadowAdapter(url),
    },
    // The engine leaves its adapter open when it is freed.
    disconnect: () => pool.end(),
  };
}

/** Without a limit of time: a migration may take long. */
function openPool(url: string): pg.Pool {
  const whenConnected = {
    // The pool waits for it, though its types do not know it.
    onConnect: async (client: pg.ClientBase): Promise<void> => {
      await client.query(ONLY_OWN_TABLES);
    },
  };
  return new pg.Pool({ ...connectionOf(url), ...whenConnected });
}

async function openAdapter(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const adapter = await new PrismaPg(pool).connect();
  adapter.executeScript = (script) => executeWhole(pool, script);
  answerCatalogueChars(pool, adapter);
  return adapter;
}

async function openShadowAdapter(url: string): Promise<SqlDriverAdapter> {
  const database = `shadow_${randomUUID()}`;
  await onServer(url, `CREATE DATABASE "${database}"`);
  const pool = openPool(databaseUrlFor(url, database));
  const adapter = await openAdapter(pool);
  adapter.dispose = async () => {
    await pool.end();
    await onServer(url, `DROP DATABASE "${database}"`);
  };
  return adapter;
}

async function executeWhole(pool: pg.Pool, script: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(script);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new DriverAdapterError({
      kind: 'postgres',
      code: error.code ?? 'XX000',
      severity: error.severity ?? 'ERROR',
      message: error.message,
      detail: error.detail,
      column: error.column,
      hint: error.hint,
    });
  } finally {
    client.release();
  }
}

/** The adapter is told "text"; its answer is corrected where the server had said "char". */
function answerCatalogueChars(pool: pg.Pool, adapter: SqlDriverAdapter): void {
  const charColumns = new WeakMap<unknown[], number[]>();

  const query = pool.query.bind(pool) as (config: unknown) => Promise<pg.QueryArrayResult>;
  const described = async (config: unknown): Promise<pg.QueryArrayResult> => {
    const result = await query(config);
    const columns = [...result.fields.keys()].filter(
      (column) => result.fields[column]?.dataTypeID === CATALOGUE_CHAR,
    );
    for (const field of result.fields) {
      if (field.dataTypeID === CATALOGUE_CHAR) field.dataTypeID = TEXT;
    }
    charColumns.set(result.rows, columns);
    return result;
  };
  pool.query = described as typeof pool.query;

  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (sqlQuery) => {
    const answer = await queryRaw(sqlQuery);
    for (const column of charColumns.get(answer.rows) ?? []) {
      answer.columnTypes[column] = ColumnTypeEnum.Character;
    }
    return answer;
  };
}
