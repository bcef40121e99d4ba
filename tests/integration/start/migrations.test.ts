import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '@/lib/server/database';
import { askTime } from '@/lib/server/database-errors';
import { lookFirst } from '@/scripts/database/look-first';
import { migrateDatabase } from '@/scripts/database/migrations';
import { onServer } from '@/scripts/database/look-first';
import { withSchemaEngine } from '@/scripts/database/schema-engine';
import { PlainProblem } from '@/scripts/setup/plain-problem.mjs';
import { createEmptyDatabase, type TestDatabase } from '@/tests/support/database';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createEmptyDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('migrations', () => {
  it('apply once when several instances migrate at once, and then not again', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => migrateDatabase(database.url)));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    expect(await migrateDatabase(database.url)).toEqual([]);
  });

  it('run whole, in one transaction, whatever semicolons they hold', async () => {
    const apply = (sql: string) =>
      withSchemaEngine(database.url, (engine) =>
        engine.dbExecute({
          datasourceType: { tag: 'url', url: database.url },
          script: sql,
        }),
      );
    await apply(`CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 2; END $$;`);
    expect((await client.query('SELECT two()')).rows).toEqual([{ two: 2 }]);
    await expect(apply('CREATE TABLE half (id int); SELECT 1/0;')).rejects.toThrow();
    const { rows } = await client.query(`SELECT to_regclass('half') AS half`);
    expect(rows).toEqual([{ half: null }]);
  });

  it('stop in one sentence at a database of a newer version, or one that broke off', async () => {
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
       VALUES ('1', '', '99990101000000_later', now())`,
    );
    await expect(migrateDatabase(database.url)).rejects.toThrow(/99990101000000_later.*newer/);
    await client.query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE id = '1'`);
    await expect(migrateDatabase(database.url)).rejects.toThrow(/broke off/);
    await client.query(`DELETE FROM _prisma_migrations WHERE id = '1'`);
  });

  it('stop in one sentence at a database that holds other tables, or belongs to another role', async () => {
    const other = await createEmptyDatabase();
    const role = `sealpost_test_${String(process.pid)}`;
    const asRole = new URL(other.url);
    asRole.username = role;
    asRole.password = 'a-password';
    try {
      await onServer(other.url, `CREATE ROLE ${role} LOGIN PASSWORD 'a-password'`);
      const refused = migrateDatabase(asRole.href);
      await expect(refused).rejects.toThrow(PlainProblem);
      await expect(refused).rejects.toThrow(/DATABASE_URL may not make tables/);

      await onServer(other.url, 'CREATE TABLE somebodys (id int)');
      const occupied = migrateDatabase(other.url);
      await expect(occupied).rejects.toThrow(PlainProblem);
      await expect(occupied).rejects.toThrow(/tables that are not of Sealpost/);
    } finally {
      await other.drop();
      await onServer(database.url, `DROP ROLE IF EXISTS ${role}`);
    }
  });
});

describe('a search_path of the role or the database', () => {
  let other: TestDatabase;

  beforeAll(async () => {
    other = await createEmptyDatabase();
    await onServer(
      other.url,
      `CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.accounts (name text);
       INSERT INTO elsewhere.accounts VALUES ('of another app');
       DO $$ BEGIN EXECUTE format(
         'ALTER DATABASE %I SET search_path = elsewhere, public', current_database()); END $$`,
    );
  });

  afterAll(() => other.drop());

  it('decides neither where the tables are made nor which are read', async () => {
    expect(await migrateDatabase(other.url)).not.toEqual([]);
    expect(await migrateDatabase(other.url)).toEqual([]);
    expect(await tablesOf(other, 'elsewhere')).toEqual(['accounts']);
    expect((await lookFirst(other.url))?.isUnowned).toBe(true);
    const prisma = connect(other.url);
    try {
      expect(await askTime(prisma)).toBeGreaterThan(0);
      expect(await prisma.$queryRaw`SELECT email FROM accounts`).toEqual([]);
    } finally {
      await prisma.$disconnect();
    }
  });

  it('that had led tables elsewhere stops the start in one sentence that says how they come back', async () => {
    await onServer(other.url, 'DROP SCHEMA elsewhere CASCADE; ALTER SCHEMA public RENAME TO past');
    await onServer(other.url, 'CREATE SCHEMA public');
    const refused = await migrateDatabase(other.url).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PlainProblem);
    expect(await tablesOf(other, 'public')).toEqual([]);
    await onServer(other.url, String(refused).replace(/^.* public: /, ''));
    expect(await migrateDatabase(other.url)).toEqual([]);
  });
});

describe('the health of an instance', () => {
  it('is not that of one that works where the database has not its tables', async () => {
    const empty = await createEmptyDatabase();
    const prisma = connect(empty.url);
    try {
      await expect(askTime(prisma)).rejects.toMatchObject({ name: 'DatabaseFault', code: '42P01' });
    } finally {
      await prisma.$disconnect();
      await empty.drop();
    }
  });
});

async function tablesOf({ url }: TestDatabase, schema: string): Promise<string[]> {
  const reader = new pg.Client({ connectionString: url });
  await reader.connect();
  try {
    const { rows } = await reader.query<{ name: string }>(
      'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1',
      [schema],
    );
    return rows.map(({ name }) => name);
  } finally {
    await reader.end();
  }
}
