import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { databaseUrlFor, onServer } from '@/scripts/database/look-first';
import { startEmbeddedDatabase } from '@/scripts/postgres/embedded-database';
import { ROOT } from '@/scripts/setup/paths.mjs';

/** A migrated database that is copied in some hundredths of a second. */
export interface DatabaseTemplate {
  /** Connection string of a role that may create databases. */
  readonly server: string;
  readonly database: string;
}

export interface TestDatabase {
  /** Connection string; the role may do everything in it. */
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/**
 * Once per run: a PostgreSQL (the one of DATABASE_URL, else an embedded one of its own) with a
 * template on it.
 */
export async function provideTemplate(): Promise<DatabaseTemplate & { remove(): Promise<void> }> {
  const server = await provideServer();
  const database = `sealpost_template_${randomBytes(6).toString('hex')}`;
  try {
    await onServer(server.url, `CREATE DATABASE ${database}`);
    await migrate(databaseUrlFor(server.url, database));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    server: server.url,
    database,
    async remove() {
      await onServer(server.url, `DROP DATABASE ${database} WITH (FORCE)`);
      await server.stop();
    },
  };
}

/** A database of one's own: a copy of the template, or without one a database in which nothing was ever done. */
export async function createDatabase(
  server: string,
  template: string | null,
): Promise<TestDatabase> {
  const name = `sealpost_test_${randomBytes(6).toString('hex')}`;
  const origin = template === null ? '' : `TEMPLATE ${template}`;
  await onServer(server, `CREATE DATABASE ${name} ${origin}`);
  return {
    url: databaseUrlFor(server, name),
    drop: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/** As `npm run migrate` does: the browser tests’ runner can’t load what only the server may. */
async function migrate(url: string): Promise<void> {
  const command = ['--import', './scripts/register-typescript.mjs', 'scripts/migrate.ts'];
  const env = { ...process.env, DATABASE_URL: url };
  await promisify(execFile)(process.execPath, command, { cwd: ROOT, env });
}

async function provideServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const external = process.env['DATABASE_URL'];
  if (external !== undefined && external !== '') return { url: external, stop: async () => {} };
  const directory = await mkdtemp(join(tmpdir(), 'sealpost-test-'));
  const embedded = await startEmbeddedDatabase(directory, console.error);
  return {
    url: embedded.administratorUrl,
    async stop() {
      await embedded.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
