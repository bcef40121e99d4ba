import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { database, databasePool } from '@/lib/server/database';
import { createKeyring } from '@/lib/server/keyring/keyring';
import { withinLimit } from '@/lib/server/limits';
import { sweep } from '@/lib/server/sweeper';
import { createTestDatabase, type TestDatabase } from '@/tests/support/database';
import { expectFlatHeap } from '@/tests/support/heap';
import { forgetRuntime } from '@/tests/support/runtime';

const ADDRESS = '198.51.100.7';
const WINDOW_MS = 600_000;

let own: TestDatabase;
let directory: string;

beforeEach(async () => {
  own = await createTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'sealpost-limits-'));
  forgetRuntime();
  vi.stubEnv('DATABASE_URL', own.url);
  vi.stubEnv('KEYRING_FILE', join(directory, 'keyring.json'));
});

afterEach(async () => {
  await endInstance();
  vi.unstubAllEnvs();
  await own.drop();
  await rm(directory, { recursive: true, force: true });
});

/** Forgets all that this process holds: what comes next is another instance, on the same database. */
async function endInstance(): Promise<void> {
  await database().$disconnect();
  if (!databasePool().ended) await databasePool().end();
  forgetRuntime();
}

/** As if the window of everything that was counted were over. */
const endWindows = () =>
  database().$executeRaw`UPDATE limits SET expire = expire - ${WINDOW_MS}::bigint`;

const keys = async () => (await database().limit.findMany()).map(({ key }) => key);

describe('a limit', () => {
  it('counts for all instances together', async () => {
    expect(await withinLimit('signIn', ADDRESS, 100)).toBe(true);
    await endInstance();
    expect(await withinLimit('signIn', ADDRESS, 20)).toBe(true);
    expect(await withinLimit('signIn', ADDRESS)).toBe(false);
    expect(await withinLimit('signIn', '198.51.100.8')).toBe(true);
    expect(await withinLimit('staff', ADDRESS)).toBe(true);
    await endInstance();
    expect(await withinLimit('signIn', ADDRESS)).toBe(false);
  });

  it('lets in again when its window is over', async () => {
    expect(await withinLimit('signIn', ADDRESS, 121)).toBe(false);
    await endWindows();
    await endInstance();
    expect(await withinLimit('signIn', ADDRESS)).toBe(true);
  });

  it('asks the database nothing for whoever is over it', async () => {
    await withinLimit('signIn', ADDRESS, 121);
    const query = vi.spyOn(databasePool(), 'query');
    for (let again = 0; again < 20; again += 1) {
      expect(await withinLimit('signIn', ADDRESS)).toBe(false);
    }
    expect(query).not.toHaveBeenCalled();
  });

  it('keeps no address, not even as a hash that others could make, and nothing after its window', async () => {
    await withinLimit('ask', ADDRESS);
    const [first] = await keys();
    expect(first).toMatch(/^ask:[0-9a-f]{32}$/);
    vi.stubEnv('KEYRING_FILE', join(directory, 'other.json'));
    await endInstance();
    await withinLimit('ask', ADDRESS);
    expect((await keys()).filter((key) => key !== first)).toHaveLength(1);

    const keyring = createKeyring({ file: join(directory, 'keyring.json') });
    await sweep(database(), keyring);
    expect(await keys()).toHaveLength(2);
    await endWindows();
    await sweep(database(), keyring);
    expect(await keys()).toEqual([]);
  });

  it('lies in a table that is in no WAL and no base backup', async () => {
    const [row] = await database().$queryRaw<{ persistence: string }[]>`
      SELECT relpersistence::text AS persistence FROM pg_class WHERE relname = 'limits'`;
    expect(row?.persistence).toBe('u');
  });

  it('keeps nothing of ten thousand addresses in memory', async () => {
    await fromAddresses(0, 1_000);
    let seen = 1_000;
    await expectFlatHeap(1_000_000, () => fromAddresses(seen, (seen += 9_000)));
    expect(await database().limit.count()).toBe(seen);
  });

  it('goes on by itself while the database is away', async () => {
    await withinLimit('signIn', ADDRESS, 121);
    await databasePool().end();
    expect(await withinLimit('signIn', '198.51.100.9', 120)).toBe(true);
    expect(await withinLimit('signIn', '198.51.100.9')).toBe(false);
  });
});

async function fromAddresses(from: number, to: number): Promise<void> {
  let next = from;
  const ask = async () => {
    while (next < to) {
      const index = next;
      next += 1;
      await withinLimit('ask', `10.${[index >> 16, (index >> 8) & 255, index & 255].join('.')}`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, ask));
}
