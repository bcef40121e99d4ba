import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateDatabase } from '@/scripts/database/migrations';
import { onServer } from '@/scripts/database/on-server';
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
