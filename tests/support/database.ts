import { inject } from 'vitest';
import { createDatabase, type TestDatabase } from './database-template';

export type { TestDatabase };

/** A migrated, empty database of one's own, made in some hundredths of a second. */
export const createTestDatabase = () =>
  createDatabase(inject('databaseServer'), inject('templateDatabase'));

/** A database in which nothing was ever done. */
export const createEmptyDatabase = () => createDatabase(inject('databaseServer'), null);
