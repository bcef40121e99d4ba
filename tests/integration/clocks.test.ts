import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openServerSealed } from '@/lib/sealed/open';
import { createDatabaseClock } from '@/lib/server/database-clock';
import { askTime } from '@/lib/server/database-errors';
import { createKeyring, type Keyring } from '@/lib/server/keyring/keyring';
import { log } from '@/lib/server/log';
import { sweep } from '@/lib/server/sweeper';
import { createTestDatabase, type TestDatabase } from '@/tests/support/database';
import { text } from '@/tests/support/envelopes';
import { forgetRuntime } from '@/tests/support/runtime';
import { createTestDesk, newNonce, tokenOf, type TestDesk, sealOne } from './desk';

const DAY = 86_400_000;

let database: TestDatabase;
let directory: string;
let desk: TestDesk;
let keyring: ReturnType<typeof createKeyring>;

beforeAll(async () => {
  database = await createTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'sealpost-clocks-'));
  keyring = createKeyring({ file: join(directory, 'keyring.json') });
  desk = createTestDesk(database.url, keyring);
});

afterAll(async () => {
  await desk.close();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

describe('an instance whose clock is sixty days off', () => {
  it.each([60, -60])(
    'destroys no key and no message before the database agrees (%i days)',
    async (days) => {
      const sealed = await sealOne(desk, {
        secret: text('waits'),
        passphrase: '',
        expiresIn: '1h',
        note: '',
      });
      const ownNowMs = Date.now() + days * DAY;
      const clock = createDatabaseClock(() => ownNowMs);
      await sweep(desk.client, keyring, { clock, ownNowMs });
      const token = tokenOf(sealed.link);
      expect(
        await openServerSealed(desk, { token, nonce: newNonce(), passphrase: '' }),
      ).toMatchObject({ status: 'opened' });
    },
  );

  it('says so in the log, whoever else taught the clock before', async () => {
    forgetRuntime();
    const warn = vi.spyOn(log, 'warn');
    try {
      const ownNowMs = Date.now() + 60 * DAY;
      const clock = createDatabaseClock(() => ownNowMs);
      // As health does, as often as it is asked.
      clock.learn(await askTime(desk.client));
      await sweep(desk.client, keyring, { clock, ownNowMs });
      expect(warn).toHaveBeenCalledWith('clocks_differ', { count: 60 * 86_400 });
    } finally {
      warn.mockRestore();
      forgetRuntime();
    }
  });

  it('says so in the log once, and once that it agrees again', async () => {
    const said = [vi.spyOn(log, 'warn'), vi.spyOn(log, 'info')] as const;
    try {
      let ownNowMs = Date.now() + 60 * DAY;
      const clock = createDatabaseClock(() => ownNowMs);
      await sweep(desk.client, keyring, { clock, ownNowMs });
      await sweep(desk.client, keyring, { clock, ownNowMs });
      ownNowMs = Date.now();
      await sweep(desk.client, keyring, { clock, ownNowMs });
      const events = said.flatMap(({ mock }) => mock.calls.map(([event]) => event));
      expect(events.filter((event) => event.startsWith('clocks_'))).toEqual([
        'clocks_differ',
        'clocks_agree',
      ]);
    } finally {
      for (const spy of said) spy.mockRestore();
    }
  });
});

describe('an expiry that is reckoned some seconds before it is stored', () => {
  /** How often messages were handed to the database by an instance whose clock is off by so much. */
  async function storesWith(seconds: number): Promise<number> {
    const sealingEpoch = vi.fn<Keyring['sealingEpoch']>((...order) =>
      keyring.sealingEpoch(...order),
    );
    const secret = { secret: text('late'), passphrase: '', expiresIn: '5m', note: '' } as const;
    const clock = createDatabaseClock(() => Date.now() + seconds * 1000);
    await sealOne({ ...desk, clock, keyring: { ...keyring, sealingEpoch } }, secret);
    return sealingEpoch.mock.calls.length;
  }

  it('is good enough for a machine under load, as long as nothing lives for longer than it was promised', async () => {
    expect(await storesWith(-10)).toBe(1);
    expect(await storesWith(5)).toBe(2);
    expect(await storesWith(-30)).toBe(2);
  });
});
