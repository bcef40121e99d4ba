import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDatabaseAddress } from '@/lib/server/database-address';
import { settleDatabaseUrl } from './database/check-database';
import { differenceFromMigrations, migrateDatabase } from './database/migrations';
import { MIGRATIONS } from './database/schema-engine';
import { withScratchDatabase } from './postgres/embedded-database';
import { PlainProblem, runCommand } from './setup/plain-problem.mjs';

const USAGE = `npm run migrate                 applies the migrations to the database of DATABASE_URL
npm run migrate -- new <name>   writes the migration that leads to prisma/schema.prisma
npm run migrate -- check        fails when prisma/schema.prisma and the migrations differ`;

await runCommand(async () => {
  const [command = 'apply', name = ''] = process.argv.slice(2);
  if (command === 'apply') await apply();
  else if (command === 'new' && /^\w+$/.test(name)) await writeNew(name);
  else if (command === 'check') await check();
  else throw new PlainProblem(USAGE);
});

async function apply(): Promise<void> {
  const url = process.env['DATABASE_URL'];
  if (url === undefined || url === '') {
    throw new PlainProblem('DATABASE_URL is not set; npm start migrates the embedded database.');
  }
  const read = readDatabaseAddress(url);
  if (!read.ok) throw new PlainProblem(`DATABASE_URL should be ${read.problem}.`);
  const applied = await migrateDatabase(await settleDatabaseUrl(url));
  console.log(applied.length === 0 ? 'Nothing to apply.' : `Applied ${applied.join(', ')}.`);
}

async function writeNew(name: string): Promise<void> {
  const sql = await difference();
  if (sql === '') throw new PlainProblem('The migrations lead to prisma/schema.prisma already.');
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const directory = join(MIGRATIONS, `${stamp}_${name}`);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'migration.sql'), `${sql}\n`);
  await writeFile(join(MIGRATIONS, 'migration_lock.toml'), 'provider = "postgresql"\n');
  console.log(`Wrote ${directory}/migration.sql: read it before you commit it.`);
}

async function check(): Promise<void> {
  const sql = await difference();
  if (sql === '') return;
  throw new PlainProblem(
    `prisma/schema.prisma and the migrations differ (npm run migrate -- new <name>):\n${sql}`,
  );
}

function difference(): Promise<string> {
  return withScratchDatabase((database) => differenceFromMigrations(database.administratorUrl));
}
