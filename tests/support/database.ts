import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { databaseUrlFor, onServer } from '@/scripts/database/on-server';

export interface TestDatabase {
  /** Connection string; the role may do everything in it. */
  url: string;
  drop(): Promise<void>;
}

/** A migrated, empty database of one's own, made in some hundredths of a second. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return create(`TEMPLATE ${inject('templateDatabase')}`);
}

/** A database in which nothing was ever done. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return create('');
}

async function create(how: string): Promise<TestDatabase> {
  const server = inject('databaseServer');
  const name = `sealpost_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name} ${how}`);
  return {
    url: databaseUrlFor(server, name),
    drop: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}
