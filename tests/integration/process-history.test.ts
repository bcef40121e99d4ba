import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '@/lib/server/database';
import type { PrismaClient } from '@/lib/server/prisma-client/client';
import { createTestDatabase, type TestDatabase } from '@/tests/support/database';
import { forgetRuntime } from '@/tests/support/runtime';

let database: TestDatabase;
let directory: string;
let client: PrismaClient;

beforeEach(async () => {
  database = await createTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'sealpost-process-history-'));
  client = connect(database.url);
  forgetRuntime();
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('KEYRING_FILE', join(directory, 'keyring.json'));
});

afterEach(async () => {
  const { database: ofProcess } = await import('@/lib/server/database');
  await ofProcess().$disconnect();
  vi.unstubAllEnvs();
  vi.resetModules();
  forgetRuntime();
  await client.$disconnect();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

/** The history as another bundle of the same process has it. */
async function bundle() {
  vi.resetModules();
  return import('@/lib/server/history/process-history');
}

const setEndings = (endings: number) => client.$executeRaw`UPDATE history SET endings = ${endings}`;

async function isHeldBack(): Promise<boolean> {
  const [row] = await client.$queryRaw<{ before: Date | null }[]>`
    SELECT refused_before AS before FROM history`;
  return row?.before !== null;
}

describe('RESTORED_DATABASE=open for one start', () => {
  it('is carried out once a process: a database that goes back later is noticed and held back', async () => {
    await setEndings(5);
    const first = await bundle();
    await first.watchHistory();
    forgetRuntime();

    // The start that carries the decision out, on a database that went back.
    await setEndings(3);
    vi.stubEnv('RESTORED_DATABASE', 'open');
    const server = await bundle();
    await server.watchHistory();
    expect(await isHeldBack()).toBe(false);

    // It goes back once more under the running process; the pages are the first to look.
    await setEndings(2);
    const pages = await bundle();
    await pages.historyGuard().notice();
    expect(await isHeldBack()).toBe(true);
    await server.watchHistory();
    expect(await isHeldBack()).toBe(true);
  });
});
