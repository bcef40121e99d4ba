import pg from 'pg';
import { connectionOf, ONLY_OWN_TABLES } from '@/lib/server/database-address';
import { migrateMailQueue } from '@/lib/server/mail/queue-library';
import { PlainProblem } from '../setup/plain-problem.mjs';
import { listMigrations, readMigrations, readPrismaSchema } from './schema-engine';

/*
 * Brings a database to the schema of this code, as `prisma migrate deploy` would: the same
 * engine, the same table of what was applied.
 */

/** Any fixed number that names "Sealpost is migrating" among the database's advisory locks. */
const MIGRATION_LOCK = 7_325_604_417;
const NO_FILTERS = { externalTables: [], externalEnums: [] };

interface AppliedMigration {
  name: string;
  finished: boolean;
}

/**
 * Applies what is not applied yet, one instance at a time, to the app's own tables and to those of
 * its queue.
 *
 * @returns the names of the migrations that it applied to the app's own.
 * @throws PlainProblem when an earlier migration broke off, the database is ahead of this code, or
 *   it is not this role's to fill.
 */
export function migrateDatabase(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = (await isUpToDate(client)) ? [] : await applyMigrations(url);
    await migrateMailQueue(url).catch(explainQueueProblem);
    return applied;
  });
}

/**
 * For what changes no schema by itself.
 *
 * @throws PlainProblem when the database is not at the schema of this code
 */
export async function requireMigrated(url: string): Promise<void> {
  if (await withClient(url, isUpToDate)) return;
  throw new PlainProblem(
    'The database does not have the tables of this version of Sealpost yet: start Sealpost once, or run npm run migrate with the same DATABASE_URL.',
  );
}

async function withClient<Result>(
  url: string,
  use: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(connectionOf(url));
  await client.connect();
  try {
    await client.query(ONLY_OWN_TABLES);
    return await use(client);
  } finally {
    await client.end();
  }
}

/** SQL that leads from the migrations to prisma/schema.prisma; empty when nothing differs. */
export async function differenceFromMigrations(scratchUrl: string): Promise<string> {
  const { withSchemaEngine } = await import('./schema-engine');
  return withSchemaEngine(scratchUrl, async (engine) => {
    const files = (await readPrismaSchema()).map(([path, content]) => ({ path, content }));
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...(await readMigrations()) },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    });
    const sql = (stdout ?? '').trim();
    return sql.startsWith('-- This is an empty migration') ? '' : sql;
  });
}

async function applyMigrations(url: string): Promise<string[]> {
  // Loaded only when there is something to apply: most starts have nothing.
  const { withSchemaEngine } = await import('./schema-engine');
  return withSchemaEngine(url, async (engine) => {
    const { appliedMigrationNames } = await engine
      .applyMigrations({ migrationsList: await readMigrations(), filters: NO_FILTERS })
      .catch((error: unknown) => {
        throw problemOfOwner(error) ?? error;
      });
    return appliedMigrationNames;
  });
}

function explainQueueProblem(error: unknown): never {
  if (!(error instanceof pg.DatabaseError) || error.code !== '42501') throw error;
  throw new PlainProblem(
    'The user of DATABASE_URL may not make a schema for the queue of mail: make it the owner of the database, or grant it CREATE on it.',
  );
}

/** What the operator has to change in the database; null for anything else. */
function problemOfOwner(error: unknown): PlainProblem | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && error.code === 'P3005') {
    return new PlainProblem(
      'The database of DATABASE_URL holds tables that are not of Sealpost: give it a database of its own.',
    );
  }
  if (error.message.includes('permission denied')) {
    return new PlainProblem(
      'The role in DATABASE_URL may not make tables in its database: make it the owner of the database.',
    );
  }
  return null;
}

async function isUpToDate(client: pg.Client): Promise<boolean> {
  const known = await listMigrations();
  const applied = await readApplied(client);
  if (applied.length === 0) await refuseOtherSchema(client);
  const broken = applied.find(({ finished }) => !finished);
  if (broken !== undefined) {
    throw new PlainProblem(
      `The migration ${broken.name} broke off in this database: restore a backup or finish it by hand, and mark it in _prisma_migrations.`,
    );
  }
  const stranger = applied.find(({ name }) => !known.includes(name));
  if (stranger !== undefined) {
    throw new PlainProblem(
      `The database has the migration ${stranger.name}, which this version of Sealpost does not know: start a newer version.`,
    );
  }
  return applied.length === known.length;
}

/** Earlier versions made their tables wherever the role's `search_path` led. */
async function refuseOtherSchema(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ schema: string }>(
    `SELECT table_schema AS schema FROM information_schema.tables
      WHERE table_name IN ('_prisma_migrations', 'history', 'policy') AND table_schema <> 'public'
      GROUP BY table_schema HAVING count(*) = 3`,
  );
  const schema = rows[0]?.schema;
  if (schema === undefined) return;
  throw new PlainProblem(
    `The tables of Sealpost are in the schema ${schema}, where a search_path had led, and belong in public: DROP SCHEMA public; ALTER SCHEMA "${schema}" RENAME TO public;`,
  );
}

async function readApplied(client: pg.Client): Promise<AppliedMigration[]> {
  const table = await client.query<{ found: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  );
  if (table.rows[0]?.found !== true) return [];
  const { rows } = await client.query<AppliedMigration>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  return rows;
}
