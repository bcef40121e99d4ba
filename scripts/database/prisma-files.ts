import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';

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
