import { startApp, type AppOptions, type RunningApp } from '@/tests/support/app';
import { createOwnDatabase, type OwnDatabase } from './own-database';

export interface OwnApp extends RunningApp {
  readonly database: OwnDatabase;
}

/** An app for tests that change what all of its people share, on a database of its own. */
export async function startOwnApp(options: Omit<AppOptions, 'databaseUrl'> = {}): Promise<OwnApp> {
  const database = await createOwnDatabase();
  const app = await startApp({ ...options, databaseUrl: database.url });
  return {
    ...app,
    database,
    async stop(signal) {
      const code = await app.stop(signal);
      await database.remove();
      return code;
    },
  };
}
