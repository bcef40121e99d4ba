import type { TestProject } from 'vitest/node';
import { provideTemplate } from './database-template';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of a role that may create databases. */
    databaseServer: string;
    /** A migrated database to copy. */
    templateDatabase: string;
  }
}

/** Once per run of the integration tests: where each test file gets a database of its own from. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const template = await provideTemplate();
  project.provide('databaseServer', template.server);
  project.provide('templateDatabase', template.database);
  return () => template.remove();
}
