import { randomBytes } from 'node:crypto';
import { databaseUrlFor, onServer } from '@/scripts/database/on-server';
import { startApp, type AppOptions } from './app';

/**
 * Once per run of the browser tests: the app on a fresh data directory, with its embedded
 * PostgreSQL or a database of its own on the server of DATABASE_URL.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const server = process.env['DATABASE_URL'];
  const database = `sealpost_e2e_${randomBytes(6).toString('hex')}`;
  const options: AppOptions = {};
  if (server) {
    await onServer(server, `CREATE DATABASE ${database}`);
    options.databaseUrl = databaseUrlFor(server, database);
  }
  const app = await startApp(options);
  process.env['SEALPOST_UNDER_TEST'] = app.url;

  return async () => {
    await app.stop();
    if (server) await onServer(server, `DROP DATABASE ${database} WITH (FORCE)`);
  };
}
