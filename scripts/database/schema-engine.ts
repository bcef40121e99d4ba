import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as engineBindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { connectionOf, ONLY_OWN_TABLES } from '@/lib/server/database-address';
import { databaseUrlFor, onServer } from './look-first';

/*
 * Prisma's schema engine as WebAssembly. Its package's own entry needs a Node flag to import the
 * .wasm file, and the native engine wants a download: this does neither.
 */

/** Where the engine leaves the reason when it panics, before it throws "unreachable". */
const panicRegistry = {
  set_message(message: string): void {
    console.error(message);
  },
};

declare global {
  /** The package's bindings know one engine at a time: a second one would take the first one's calls. */
  var sealpostSchemaEngine: Promise<void> | undefined;
}

/** Runs `work` with an engine for the database behind `url`. */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: engineBindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  globalThis.sealpostSchemaEngine ??= loadBindings();
  await globalThis.sealpostSchemaEngine;
  const { factory, disconnect } = migrationAdapterFactory(url);
  try {
    const engine = await engineBindings.SchemaEngine.new(
      { datamodels: await readPrismaSchema() },
      () => {},
      bindMigrationAwareSqlAdapterFactory(factory),
    );
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await disconnect();
  }
}

async function loadBindings(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const code = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(code, {
    './schema_engine_bg.js': engineBindings as unknown as WebAssembly.ModuleImports,
  });
  const exports = instance.exports as WebAssembly.Exports & { __wbindgen_start(): void };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panicRegistry });
  engineBindings.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
}

const PRISMA = fileURLToPath(new URL('../../prisma', import.meta.url));
const MIGRATION_NAME = /^\d{14}_\w+$/;
const LOCK_FILE = 'migration_lock.toml';

export const MIGRATIONS = join(PRISMA, 'migrations');

/** The schema as the engine takes it: pairs of path and text. */
export async function readPrismaSchema(): Promise<[string, string][]> {
  const path = join(PRISMA, 'schema.prisma');
  return [[path, await readFile(path, 'utf8')]];
}

/** Names of the migrations in the order in which they apply. */
export async function listMigrations(): Promise<string[]> {
  const names = await readdir(MIGRATIONS).catch(() => []);
  return names.filter((name) => MIGRATION_NAME.test(name)).sort();
}

/** The migrations as the engine takes them. */
export async function readMigrations(): Promise<MigrationList> {
  const names = await listMigrations();
  return {
    baseDir: MIGRATIONS,
    lockfile: {
      path: LOCK_FILE,
      content: await readFile(join(MIGRATIONS, LOCK_FILE), 'utf8').catch(() => null),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(join(MIGRATIONS, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  };
}

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
function migrationAdapterFactory(url: string): {
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
