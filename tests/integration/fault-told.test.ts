import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openServerSealed } from '@/lib/sealed/operations';
import { lookAtServerSealed } from '@/lib/sealed/open';
import { action } from '@/lib/server/action';
import { processContext } from '@/lib/server/context';
import { database } from '@/lib/server/database';
import { examineHealth } from '@/lib/server/health';
import { lookForPage } from '@/lib/server/read-for-page';
import { requestContexts } from '@/lib/server/request-context';
import { createTestDatabase, type TestDatabase } from '@/tests/support/database';
import { forgetRuntime } from '@/tests/support/runtime';
import { newNonce, sealOne, tokenOf } from './desk';

const PASSPHRASE = 'canary-of-a-passphrase';

let own: TestDatabase;
let directory: string;
let logged: string;

beforeEach(async () => {
  own = await createTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'sealpost-fault-'));
  forgetRuntime();
  vi.stubEnv('KEYRING_FILE', join(directory, 'keyring.json'));
  vi.stubEnv('DATABASE_URL', own.url);
  logged = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    logged += String(line);
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await database().$disconnect();
  forgetRuntime();
  vi.unstubAllEnvs();
  await own.drop();
  await rm(directory, { recursive: true, force: true });
});

/** The status of the answer too, as the HTTP server would give it. */
async function answered<Outcome>(ask: () => Promise<Outcome>) {
  const context = {
    clientAddress: '192.0.2.1',
    hasLeft: () => false,
    takesCookies: true,
    onceAnswered: () => undefined,
    status: null,
  };
  const outcome = await requestContexts().run(context, ask);
  return { outcome, status: context.status as number | null };
}

/** Moves the tables that hold something away from the statements, as a bug in these would. */
async function moveTables(from: string, to: string): Promise<void> {
  const client = database();
  await client.$executeRawUnsafe(`CREATE SCHEMA IF NOT EXISTS "${to}"`);
  const tables = await client.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables
    WHERE schemaname = ${from} AND tablename NOT IN ('history', 'limits')`;
  for (const { name } of tables) {
    await client.$executeRawUnsafe(`ALTER TABLE "${from}"."${name}" SET SCHEMA "${to}"`);
  }
}

it('a statement that is wrong is a fault of ours to act and page, no database that is away, and loses nothing', async () => {
  const { link } = await sealOne(processContext(), {
    secret: { kind: 'text', text: 'kept' },
    passphrase: PASSPHRASE,
    expiresIn: '1h',
    note: '',
  });
  const token = tokenOf(link);
  const open = () => {
    const form = new FormData();
    const fields = {
      token,
      intent: 'open',
      show: 'yes',
      nonce: newNonce(),
      passphrase: PASSPHRASE,
    };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return action(openServerSealed)(form);
  };
  const look = () => lookForPage('open page', (context) => lookAtServerSealed(context, token));

  await moveTables('public', 'elsewhere');
  expect(await answered(open)).toEqual({
    outcome: { status: 'refused', refusal: 'fault' },
    status: 500,
  });
  expect(await answered(look)).toEqual({
    outcome: { status: 'refused', refusal: 'fault_in_look' },
    status: 500,
  });
  const lines = logged.trim().split('\n');
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({
      event: 'fault',
      at: expect.stringMatching(/^open/) as unknown,
      error: 'DatabaseFault',
      code: '42P01',
      frames: expect.arrayContaining([
        expect.stringMatching(/ lib\/sealed\/\w+\.ts:\d+$/),
      ]) as unknown,
    });
    expect(line).not.toMatch(/canary|database_away/);
    expect(line).not.toContain(token);
  }
  expect((await examineHealth()).problems).not.toContain('database_away');

  await moveTables('elsewhere', 'public');
  expect((await answered(open)).outcome).toMatchObject({ status: 'opened' });
});
