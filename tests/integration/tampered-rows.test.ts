import { describe, expect, it } from 'vitest';
import { destroyServerSealed, lookAtServerSealed, openServerSealed } from '@/lib/sealed/open';
import { given, givenDatabase } from '@/tests/support/given';
import { text } from '@/tests/support/envelopes';
import { claimInBrowser, knockInBrowser, sealInBrowser } from './browser-side';
import {
  createTestDesk,
  createTestKeyring,
  newNonce,
  tokenOf,
  type TestDesk,
  sealOne,
} from './desk';

const database = givenDatabase();
const desk = given(
  async () => createTestDesk(database.url, await createTestKeyring()),
  (opened) => opened.close(),
);

async function sealForTest(passphrase = ''): Promise<string> {
  const sealed = await sealOne(desk, {
    secret: text('s'),
    passphrase,
    expiresIn: '1h',
    note: '',
  });
  return tokenOf(sealed.link);
}

const open = (token: string, passphrase = '') =>
  openServerSealed(desk, { token, nonce: newNonce(), passphrase });

/** Swaps columns between the two newest rows; doing it twice puts them back. */
async function swap(...columns: string[]): Promise<void> {
  const set = columns.map((column) => `${column} = other.${column}`).join(', ');
  await desk.client.$executeRawUnsafe(`
    WITH newest AS (SELECT * FROM sealed_items ORDER BY created_at DESC LIMIT 2)
    UPDATE sealed_items m SET ${set} FROM newest other
    WHERE m.id IN (SELECT id FROM newest) AND other.id <> m.id`);
}

describe('what somebody moved between rows of the database', () => {
  it.each([
    ['ciphertext', ['wrapped_ciphertext']],
    ['expiry', ['expires_at']],
    ['knock verifier', ['knock_verifier']],
    ['open verifier', ['open_verifier']],
    ['ciphertext and verifiers', ['wrapped_ciphertext', 'open_verifier', 'knock_verifier']],
  ])(
    '%s of a server seal: refused, nothing burned, opens when put back',
    async (_name, columns) => {
      await sealForTest();
      const token = await sealForTest();
      await swap(...columns);
      expect(await open(token)).toEqual({ status: 'unreadable' });
      await swap(...columns);
      expect(await open(token)).toMatchObject({ status: 'opened', secret: text('s') });
    },
  );

  it.each([
    ['a salt', ['passphrase_salt']],
    ['an open verifier', ['open_verifier']],
  ])(
    '%s of another passphrase: unreadable, ten right ones and more count as none wrong, for both seals',
    async (_name, columns) => {
      await sealForTest('right');
      const token = await sealForTest('right');
      await swap(...columns);
      for (let tries = 0; tries < 12; tries += 1) {
        expect(await open(token, 'right')).toEqual({ status: 'unreadable' });
      }
      await swap(...columns);
      expect(await lookAtServerSealed(desk, token)).toMatchObject({ triesLeft: 10 });
      expect((await open(token, 'right')).status).toBe('opened');

      await sealInBrowser(desk, { passphrase: 'right' });
      const message = await sealInBrowser(desk, { passphrase: 'right' });
      await swap(...columns);
      for (let tries = 0; tries < 12; tries += 1) {
        expect(await claimInBrowser(desk, message, { passphrase: 'right' })).toEqual({
          status: 'unreadable',
        });
      }
      await swap(...columns);
      expect(await knockInBrowser(desk, message)).toMatchObject({ triesLeft: 10 });
      expect((await claimInBrowser(desk, message, { passphrase: 'right' })).status).toBe('claimed');
    },
  );

  it('a lock that is taken off, or put on: unreadable, and nothing is counted', async () => {
    const locked = await sealInBrowser(desk, { passphrase: 'right' });
    const open = await sealInBrowser(desk);
    await desk.client.$executeRaw`
      UPDATE sealed_items SET passphrase_salt = NULL, passphrase_memory_kib = NULL,
        passphrase_passes = NULL, passphrase_lanes = NULL
      WHERE state = 'SEALED' AND passphrase_memory_kib IS NOT NULL`;
    expect(await claimInBrowser(desk, locked, { passphrase: 'right' })).toEqual({
      status: 'unreadable',
    });
    await desk.client.$executeRaw`
      UPDATE sealed_items SET passphrase_salt = decode(repeat('00', 16), 'hex'),
        passphrase_memory_kib = 65536, passphrase_passes = 3, passphrase_lanes = 1
      WHERE state = 'SEALED'`;
    expect(await claimInBrowser(desk, open)).toEqual({ status: 'unreadable' });
    const rows = await desk.client.$queryRaw`
      SELECT state::text, wrong_passphrases AS wrong FROM sealed_items ORDER BY created_at DESC LIMIT 2`;
    expect(rows).toEqual([
      { state: 'SEALED', wrong: 0 },
      { state: 'SEALED', wrong: 0 },
    ]);
  });

  it('a lock, while a wrong passphrase is judged by it: unreadable, and not counted, for both seals', async () => {
    const alter = () => desk.client.$executeRaw`
      UPDATE sealed_items SET passphrase_salt = decode(repeat('00', 16), 'hex') WHERE state = 'SEALED'`;
    /** A passphrase is judged by the second statement that would hand out. */
    const altering = (): TestDesk => {
      let asked = 0;
      const expectedBeforeClaim = async () => {
        asked += 1;
        if (asked === 2) await alter();
        return desk.history.expectedBeforeClaim();
      };
      return { ...desk, history: { ...desk.history, expectedBeforeClaim } };
    };
    const message = await sealInBrowser(desk, { passphrase: 'right' });
    expect(await claimInBrowser(altering(), message, { passphrase: 'wrong' })).toEqual({
      status: 'unreadable',
    });
    const token = await sealForTest('right');
    const nonce = newNonce();
    expect(await openServerSealed(altering(), { token, nonce, passphrase: 'wrong' })).toEqual({
      status: 'unreadable',
    });
    const rows = await desk.client.$queryRaw`
      SELECT wrong_passphrases AS wrong FROM sealed_items ORDER BY created_at DESC LIMIT 2`;
    expect(rows).toEqual([{ wrong: 0 }, { wrong: 0 }]);
  });

  it('a verifier of a server seal: looking and destroying say so as well', async () => {
    await sealForTest();
    const token = await sealForTest();
    await swap('knock_verifier');
    expect(await lookAtServerSealed(desk, token)).toEqual({ status: 'unreadable' });
    expect(await destroyServerSealed(desk, token)).toEqual({ status: 'unreadable' });
    await swap('knock_verifier');
    expect((await open(token)).status).toBe('opened');
  });

  it('of what was opened: its nonce is told so, and it does not wait again', async () => {
    await sealInBrowser(desk);
    const message = await sealInBrowser(desk);
    const nonce = newNonce();
    expect((await claimInBrowser(desk, message, { nonce })).status).toBe('claimed');
    await swap('wrapped_ciphertext');
    expect(await claimInBrowser(desk, message, { nonce })).toEqual({ status: 'unreadable' });
    await swap('wrapped_ciphertext');
    expect((await claimInBrowser(desk, message)).status).toBe('ended');
  });

  it('a cheaper cost: refused before any work', async () => {
    const token = await sealForTest('right');
    await desk.client.$executeRaw`UPDATE sealed_items SET passphrase_passes = 1`;
    expect(await open(token, 'right')).toEqual({ status: 'unreadable' });
  });

  it('a seal: a server-sealed row is not found as a browser-sealed one', async () => {
    const token = await sealForTest();
    await desk.client.$executeRaw`
      UPDATE sealed_items SET seal = 'BROWSER' WHERE state = 'SEALED'`;
    expect(await open(token)).toEqual({ status: 'unreadable' });
  });

  it.each([
    ['ciphertext', ['wrapped_ciphertext']],
    ['expiry', ['expires_at']],
    ['open verifier', ['open_verifier']],
    ['open verifier and ciphertext', ['open_verifier', 'wrapped_ciphertext']],
  ])('%s of a browser seal: refused, nothing burned', async (_name, columns) => {
    await sealInBrowser(desk);
    const message = await sealInBrowser(desk);
    await swap(...columns);
    expect(await claimInBrowser(desk, message)).toEqual({ status: 'unreadable' });
    await swap(...columns);
    expect((await knockInBrowser(desk, message)).status).toBe('waiting');
    expect((await claimInBrowser(desk, message)).status).toBe('claimed');
  });

  it('an extended expiry gives no longer life', async () => {
    const token = await sealForTest();
    await desk.client.$executeRaw`
      UPDATE sealed_items SET expires_at = expires_at + interval '1 year' WHERE state = 'SEALED'`;
    expect(await open(token)).toEqual({ status: 'unreadable' });
  });
});
