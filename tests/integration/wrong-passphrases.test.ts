import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServerSealed } from '@/lib/sealed/open';
import { concatBytes, toStretchedPassphrase } from '@/lib/protocol/bytes';
import type { HistoryGuard } from '@/lib/server/history/history-guard';
import { changed } from '@/tests/support/changed';
import { createTestDatabase, type TestDatabase } from '@/tests/support/database';
import { text } from '@/tests/support/envelopes';
import { claimInBrowser, knockInBrowser, sealInBrowser } from './browser-side';
import {
  createTestDesk,
  createTestKeyring,
  newNonce,
  NO_HISTORY,
  tokenOf,
  warmUp,
  type TestDesk,
  sealOne,
} from './desk';

const GUESSES = 200;

let database: TestDatabase;
let desk: TestDesk;
let stretched = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  const real = createTestDesk(database.url, await createTestKeyring());
  desk = {
    ...real,
    // Counting is under test, so stretching is cheap and every guess is let in at once.
    stretchPassphrase: async (passphrase, lock) => {
      stretched += 1;
      await Promise.resolve();
      const input = concatBytes(passphrase, lock.salt);
      return toStretchedPassphrase(createHash('sha256').update(input).digest());
    },
    withStretchingRoom: (_turn, work) => work(),
  };
  await warmUp(desk);
});

afterAll(async () => {
  await desk.close();
  await database.drop();
});

async function sealWith(passphrase: string): Promise<string> {
  const sealed = await sealOne(desk, {
    secret: text('s'),
    passphrase,
    expiresIn: '1h',
    note: '',
  });
  return tokenOf(sealed.link);
}

const open = (token: string, passphrase: string, nonce = newNonce()) =>
  openServerSealed(desk, { token, nonce, passphrase });

describe('a passphrase of the server seal', () => {
  it('counts nothing and stretches nothing while an opening could not be recorded', async () => {
    const token = await sealWith('right');
    const history: HistoryGuard = {
      ...NO_HISTORY,
      expectedBeforeClaim: () => Promise.reject(new Error('The disk is full.')),
    };
    const before = stretched;
    await expect(
      openServerSealed({ ...desk, history }, { token, nonce: newNonce(), passphrase: 'right' }),
    ).rejects.toThrow('The disk is full.');
    expect(stretched).toBe(before);
    expect((await newestRow())?.wrong).toBe(0);
    expect(await open(token, 'right')).toMatchObject({ status: 'opened' });
  });

  it('waits for its turn among those of its own message', async () => {
    const turns: string[] = [];
    const watched: TestDesk = {
      ...desk,
      withStretchingRoom: (turn, work) => {
        turns.push(turn.of ?? turn.kind);
        return work();
      },
    };
    const tokens = [await sealWith('right'), await sealWith('right')];
    for (const token of [...tokens, ...tokens]) {
      await openServerSealed(watched, { token, nonce: newNonce(), passphrase: 'wrong' });
    }
    expect(turns[0]).toBe(turns[2]);
    expect(new Set(turns).size).toBe(2);
  });
});

async function newestRow() {
  const rows = await desk.client.$queryRaw<
    { state: string; wrong: number; burnedBy: string | null; content: unknown }[]
  >`SELECT state::text, wrong_passphrases AS wrong, burned_by::text AS "burnedBy",
      wrapped_ciphertext AS content FROM sealed_items ORDER BY created_at DESC LIMIT 1`;
  return rows[0];
}

const BURNED = { state: 'BURNED', wrong: 10, burnedBy: 'WRONG_PASSPHRASES', content: null };

describe('a server-sealed passphrase', () => {
  it('burns with exactly the tenth wrong try, and says how many are left until then', async () => {
    const token = await sealWith('right');
    for (let left = 9; left >= 1; left -= 1) {
      expect(await open(token, 'wrong')).toMatchObject({
        status: 'waiting',
        refusal: 'passphrase_wrong',
        triesLeft: left,
      });
    }
    expect(await open(token, 'wrong')).toMatchObject({
      status: 'ended',
      ending: { kind: 'burned', by: 'wrong_passphrases' },
    });
    expect(await newestRow()).toEqual(BURNED);
    expect((await open(token, 'right')).status).toBe('ended');
  });

  it('opens with the right passphrase after nine wrong ones', async () => {
    const token = await sealWith('right');
    for (let tries = 0; tries < 9; tries += 1) await open(token, 'wrong');
    expect(await open(token, 'right')).toMatchObject({ status: 'opened', secret: text('s') });
  });

  it(`counts ten of ${GUESSES} guesses that arrive at once, not one more`, async () => {
    const token = await sealWith('right');
    await Promise.all(Array.from({ length: GUESSES }, () => open(token, 'wrong')));
    expect(await newestRow()).toEqual(BURNED);
  });

  it('is not burned while a right passphrase is among the ten that are being looked at', async () => {
    const token = await sealWith('right');
    const states = await Promise.all(
      Array.from({ length: 10 }, (_, index) => open(token, index === 9 ? 'right' : 'wrong')),
    );
    expect(states.filter(({ status }) => status === 'opened')).toHaveLength(1);
    expect((await newestRow())?.state).toBe('CLAIMED');
  });

  it('counts nothing for a missing passphrase, and works on none without a link', async () => {
    const token = await sealWith('right');
    stretched = 0;
    expect(await open(token, '')).toMatchObject({ refusal: 'passphrase_missing', triesLeft: 10 });
    expect(await open(changed(token, 0), 'wrong')).toEqual({ status: 'unknown' });
    expect(stretched).toBe(0);
    expect((await newestRow())?.wrong).toBe(0);
  });

  it('opens for one of those who come with the right one at once', async () => {
    const token = await sealWith('right');
    const states = await Promise.all(Array.from({ length: 20 }, () => open(token, 'right')));
    expect(states.filter(({ status }) => status === 'opened')).toHaveLength(1);
    expect((await newestRow())?.wrong).toBe(0);
  });

  it('is the same passphrase typed composed or decomposed', async () => {
    const token = await sealWith('caf\u00e9');
    expect((await open(token, 'cafe\u0301')).status).toBe('opened');
  });
});

describe('a browser-sealed passphrase', () => {
  it('burns with exactly the tenth wrong try', async () => {
    const message = await sealInBrowser(desk, { passphrase: 'right' });
    for (let left = 9; left >= 1; left -= 1) {
      expect(await claimInBrowser(desk, message, { passphrase: 'wrong' })).toEqual({
        status: 'wrong_passphrase',
        triesLeft: left,
      });
    }
    expect((await claimInBrowser(desk, message, { passphrase: 'wrong' })).status).toBe('ended');
    expect(await newestRow()).toEqual(BURNED);
    expect(await knockInBrowser(desk, message)).toMatchObject({
      ending: { kind: 'burned', by: 'wrong_passphrases' },
    });
  });

  it(`counts ${GUESSES} guesses at once exactly, and the right one after nine opens`, async () => {
    const burned = await sealInBrowser(desk, { passphrase: 'right' });
    await Promise.all(
      Array.from({ length: GUESSES }, () => claimInBrowser(desk, burned, { passphrase: 'wrong' })),
    );
    expect(await newestRow()).toEqual(BURNED);

    const kept = await sealInBrowser(desk, { passphrase: 'right' });
    await Promise.all(
      Array.from({ length: 9 }, () => claimInBrowser(desk, kept, { passphrase: 'wrong' })),
    );
    expect((await claimInBrowser(desk, kept, { passphrase: 'right' })).status).toBe('claimed');
  });

  it('is not counted for one who has the id but not the key', async () => {
    const message = await sealInBrowser(desk, { passphrase: 'right' });
    const stranger = await sealInBrowser(desk, { passphrase: 'right' });
    const guess = { ...message, messageKey: stranger.messageKey };
    await Promise.all(
      Array.from({ length: 20 }, () => claimInBrowser(desk, guess, { passphrase: 'wrong' })),
    );
    expect(await knockInBrowser(desk, message)).toMatchObject({ status: 'waiting', triesLeft: 10 });
  });
});
