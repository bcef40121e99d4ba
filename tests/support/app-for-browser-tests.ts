import { startApp } from './app';
import { createDatabase, provideTemplate } from './database-template';

/** Once per run of the browser tests: the app that they share, and where they get databases from. */
export default async function setUp(): Promise<() => Promise<void>> {
  const template = await provideTemplate();
  const database = await createDatabase(template.server, template.database);
  const app = await startApp({ databaseUrl: database.url });
  // Read by the workers, which are processes of their own.
  process.env['SEALPOST_UNDER_TEST'] = app.url;
  process.env['SEALPOST_DATABASE_TEMPLATE'] = JSON.stringify(template);

  return async () => {
    await app.stop();
    await database.drop();
    await template.remove();
  };
}
