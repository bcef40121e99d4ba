import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { destroyBrowserSealed, destroyServerSealed } from '@/lib/sealed/open';
import { lookAtServerSealed } from '@/lib/sealed/open';
import { destroyFromStatus, lookAtStatus } from '@/lib/sealed/status';
import { openServerSealed } from '@/lib/sealed/open';
import type { SealedLink } from '@/lib/sealed/outcomes';
import { deriveKnockProof } from '@/lib/protocol/keys';
import { sweepBatch } from '@/lib/sealed/end';
import { createTestDatabase, type TestDatabase } from '@/tests/support/database';
import { text } from '@/tests/support/envelopes';
import { claimInBrowser, knockInBrowser, sealInBrowser } from './browser-side';
import {
  createEpoch,
  createTestDesk,
  createTestKeyring,
  newNonce,
  tokenOf,
  type TestDesk,
  sealOne,
} from './desk';

let database: TestDatabase;
let desk: TestDesk;
let keyring: Awaited<ReturnType<typeof createTestKeyring>>;

beforeAll(async () => {
  database = await createTestDatabase();
  keyring = await createTestKeyring();
  desk = createTestDesk(database.url, keyring);
});

beforeEach(async () => {
  await desk.client.$executeRaw`DELETE FROM sealed_items`;
});

afterAll(async () => {
  await desk.close();
  await database.drop();
});

async function sealForTest(on = desk): Promise<SealedLink & { token: string; status: string }> {
  const sealed = await sealOne(on, {
    secret: text('s'),
    passphrase: '',
    expiresIn: '1h',
    note: 'n',
  });
  return { ...sealed, token: tokenOf(sealed.link), status: tokenOf(sealed.statusLink) };
}

const open = (token: string, nonce = newNonce()) =>
  openServerSealed(desk, { token, nonce, passphrase: '' });

const sweep = async () =>
  sweepBatch(
    desk.client,
    keyring.epochs.map(({ id }) => id),
  );

const expireAll = () =>
  desk.client.$executeRaw`UPDATE sealed_items SET expires_at = clock_timestamp() - interval '1 ms'`;

describe('destroying', () => {
  it('by the sender leaves a tombstone that tells who did it', async () => {
    const { token, status } = await sealForTest();
    expect(await destroyFromStatus(desk, status)).toMatchObject({
      ending: { kind: 'burned', by: 'sender' },
    });
    expect(await open(token)).toMatchObject({ ending: { kind: 'burned', by: 'sender' } });
  });

  it('by the recipient, unread, is told to the sender', async () => {
    const { token, status } = await sealForTest();
    await destroyServerSealed(desk, token);
    expect(await lookAtStatus(desk, status)).toMatchObject({
      note: 'n',
      ending: { kind: 'burned', by: 'recipient' },
    });
  });

  it('of a browser seal needs the proof of its link', async () => {
    const message = await sealInBrowser(desk);
    const stranger = await sealInBrowser(desk);
    const { token } = message;
    const wrong = await deriveKnockProof(stranger.messageKey);
    expect(await destroyBrowserSealed(desk, { token, knockProof: wrong })).toEqual({
      status: 'unknown',
    });
    expect((await knockInBrowser(desk, message)).status).toBe('waiting');
    const knockProof = await deriveKnockProof(message.messageKey);
    expect(await destroyBrowserSealed(desk, { token, knockProof })).toMatchObject({
      ending: { kind: 'burned', by: 'recipient' },
    });
    expect((await claimInBrowser(desk, message)).status).toBe('ended');
  });

  it('changes nothing about a message that was opened, but ends its lease', async () => {
    const { token, status } = await sealForTest();
    const nonce = newNonce();
    await open(token, nonce);
    expect(await destroyFromStatus(desk, status)).toMatchObject({ ending: { kind: 'opened' } });
    expect(await open(token, nonce)).toMatchObject({ status: 'ended', ending: { kind: 'opened' } });
  });

  it('is not possible with the link of another purpose', async () => {
    const { token, status } = await sealForTest();
    const browser = await sealInBrowser(desk);
    expect(await destroyFromStatus(desk, token)).toEqual({ status: 'unknown' });
    expect(await destroyFromStatus(desk, browser.token)).toEqual({ status: 'unknown' });
    expect(await destroyServerSealed(desk, status)).toEqual({ status: 'unknown' });
    expect(await open(status)).toEqual({ status: 'unknown' });
    expect(await lookAtStatus(desk, browser.token)).toEqual({ status: 'unknown' });
    expect((await lookAtServerSealed(desk, token)).status).toBe('waiting');
    expect((await knockInBrowser(desk, browser)).status).toBe('waiting');
  });
});

describe('races', () => {
  it('once a destroy was acknowledged nothing is readable, whichever of open and destroy came first', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { token, status } = await sealForTest();
      const nonce = newNonce();
      await Promise.all([open(token, nonce), destroyFromStatus(desk, status)]);
      expect((await open(token, nonce)).status).toBe('ended');
      expect((await open(token)).status).toBe('ended');
    }
    const left = await desk.client.$queryRaw`
      SELECT id FROM sealed_items WHERE wrapped_ciphertext IS NOT NULL`;
    expect(left).toEqual([]);
  });

  it('an open against the sweeper is either whole or not at all', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { token } = await sealForTest();
      const [state] = await Promise.all([open(token), expireAll().then(sweep)]);
      expect(['opened', 'ended']).toContain(state.status);
      if (state.status === 'opened') expect(state.secret).toEqual(text('s'));
    }
  });
});

describe('expiry', () => {
  it('makes a message unreadable with the sweeper off', async () => {
    const { token, status } = await sealForTest();
    const browser = await sealInBrowser(desk);
    await expireAll();
    expect(await open(token)).toMatchObject({ status: 'ended', ending: { kind: 'expired' } });
    expect(await claimInBrowser(desk, browser)).toMatchObject({ ending: { kind: 'expired' } });
    expect(await lookAtServerSealed(desk, token)).toMatchObject({ ending: { kind: 'expired' } });
    expect(await lookAtStatus(desk, status)).toMatchObject({ ending: { kind: 'expired' } });
  });

  it.each([10, -10])(
    'is decided by the database where the clock of an app instance is off by %i minutes',
    async (minutes) => {
      const nowMs = () => Date.now() + minutes * 60_000;
      const wrong = createTestDesk(database.url, keyring, { nowMs });
      try {
        const { expiresAt } = await sealForTest(wrong);
        const [row] = await desk.client.$queryRaw<{ lifetime: number }[]>`
          SELECT extract(epoch FROM expires_at - created_at)::float8 AS lifetime FROM sealed_items`;
        expect(Math.abs((row?.lifetime ?? 0) - 3600)).toBeLessThan(5);
        expect(Math.abs(Date.parse(expiresAt) - Date.now() - 3_600_000)).toBeLessThan(10_000);
      } finally {
        await wrong.close();
      }
    },
  );
});

describe('the sweeper', () => {
  it('erases what has expired and what was claimed, and leaves what waits', async () => {
    const expired = await sealForTest();
    await expireAll();
    const claimed = await sealForTest();
    await open(claimed.token);
    await desk.client.$executeRaw`
      UPDATE sealed_items SET lease_until = clock_timestamp() WHERE state = 'CLAIMED'`;
    const waiting = await sealForTest();
    expect(await sweep()).toBe(2);
    const rows = await desk.client.$queryRaw`
      SELECT state::text, wrapped_ciphertext IS NULL AS erased FROM sealed_items ORDER BY created_at`;
    expect(rows).toEqual([
      { state: 'EXPIRED', erased: true },
      { state: 'OPENED', erased: true },
      { state: 'SEALED', erased: false },
    ]);
    expect((await lookAtServerSealed(desk, expired.token)).status).toBe('ended');
    expect((await lookAtServerSealed(desk, waiting.token)).status).toBe('waiting');
  });

  it('runs once at a time across instances', async () => {
    const other = createTestDesk(database.url, keyring);
    try {
      await other.client.$transaction(async (transaction) => {
        await transaction.$queryRaw`SELECT pg_advisory_xact_lock(7325768001)::text`;
        expect(await sweep()).toBeNull();
      });
      expect(await sweep()).toBe(0);
    } finally {
      await other.close();
    }
  });

  it('forgets the tombstones of an epoch that was destroyed, and nothing that waits', async () => {
    const { token } = await sealForTest();
    await open(token);
    await sealForTest();
    await desk.client.$executeRaw`
      UPDATE sealed_items SET lease_until = clock_timestamp() WHERE state = 'CLAIMED'`;
    await sweep();
    await sweepBatch(desk.client, ['ffffffff']);
    const rows = await desk.client.$queryRaw`SELECT state::text FROM sealed_items`;
    expect(rows).toEqual([{ state: 'SEALED' }]);
  });
});

describe('a destroyed epoch', () => {
  it('opens nothing any more, though the rows are all there', async () => {
    const { token, status } = await sealForTest();
    const browser = await sealInBrowser(desk);
    const successor = createTestDesk(database.url, {
      ...keyring,
      liveEpochs: async () => [await createEpoch()],
    });
    try {
      expect(await lookAtServerSealed(successor, token)).toEqual({ status: 'unknown' });
      expect(await lookAtStatus(successor, status)).toEqual({ status: 'unknown' });
      expect(await knockInBrowser(successor, browser)).toEqual({ status: 'unknown' });
    } finally {
      await successor.close();
    }
  });
});
