import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrateDatabase } from '@/scripts/database/migrations';
import { startEmbeddedDatabase } from '@/scripts/postgres/embedded-database';
import { databaseUrlFor, onServer } from '@/scripts/database/on-server';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of a role that may create databases. */
    databaseServer: string;
    /** A migrated database to copy. */
    templateDatabase: string;
  }
}

/**
 * Once per run: a PostgreSQL (the one of DATABASE_URL, else an embedded one of its own) and on it
 * one migrated database, of which each test file gets a copy.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await provideServer();
  const template = `sealpost_template_${randomBytes(6).toString('hex')}`;
  try {
    await onServer(server.url, `CREATE DATABASE ${template}`);
    await migrateDatabase(databaseUrlFor(server.url, template));
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('databaseServer', server.url);
  project.provide('templateDatabase', template);

  return async () => {
    await onServer(server.url, `DROP DATABASE ${template} WITH (FORCE)`);
    await server.stop();
  };
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
