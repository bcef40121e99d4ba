import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acknowledge } from '@/lib/sealed/open';
import { lookAtServerSealed } from '@/lib/sealed/open';
import { openServerSealed } from '@/lib/sealed/open';
import { createTestDatabase, type TestDatabase } from '@/tests/support/database';
import { text, textOf } from '@/tests/support/envelopes';
import { claimInBrowser, decryptInBrowser, knockInBrowser, sealInBrowser } from './browser-side';
import {
  createTestDesk,
  createTestKeyring,
  newNonce,
  tokenOf,
  warmUp,
  type TestDesk,
  sealOne,
} from './desk';

const OPENERS = 200;

let database: TestDatabase;
let first: TestDesk;
let second: TestDesk;
let withoutLeases: TestDesk;

beforeAll(async () => {
  database = await createTestDatabase();
  const keyring = await createTestKeyring();
  first = createTestDesk(database.url, keyring);
  second = createTestDesk(database.url, keyring);
  withoutLeases = createTestDesk(database.url, keyring, { leaseSeconds: 0 });
  await warmUp(first, second);
});

afterAll(async () => {
  await Promise.all([first.close(), second.close(), withoutLeases.close()]);
  await database.drop();
});

async function sealForTest(secret = 'the secret'): Promise<string> {
  const sealed = await sealOne(first, {
    secret: text(secret),
    passphrase: '',
    expiresIn: '1h',
    note: '',
  });
  return tokenOf(sealed.link);
}

const open = (desk: TestDesk, token: string, nonce = newNonce(), passphrase = '') =>
  openServerSealed(desk, { token, nonce, passphrase });

async function contentOf(desk: TestDesk) {
  return desk.client.$queryRaw<{ state: string; content: Uint8Array | null }[]>`
    SELECT state::text, wrapped_ciphertext AS content FROM sealed_items ORDER BY created_at DESC LIMIT 1`;
}

describe('a server-sealed message', () => {
  it(`gives one plaintext to ${OPENERS} parallel openers on two app instances`, async () => {
    const token = await sealForTest('only one reads this');
    const states = await Promise.all(
      Array.from({ length: OPENERS }, (_, index) => open(index % 2 ? first : second, token)),
    );
    const opened = states.filter((state) => state.status === 'opened');
    expect(opened.map(({ secret }) => textOf(secret))).toEqual(['only one reads this']);
    expect(states.filter((state) => state.status === 'ended')).toHaveLength(OPENERS - 1);
  });

  it('is given again to the same nonce within its lease, and to no other', async () => {
    const token = await sealForTest();
    const nonce = newNonce();
    expect((await open(first, token, nonce)).status).toBe('opened');
    expect((await open(second, token, nonce)).status).toBe('opened');
    expect(await open(second, token)).toMatchObject({
      status: 'ended',
      ending: { kind: 'opened' },
    });
  });

  it('is gone for every nonce once it was acknowledged, and its content with it', async () => {
    const token = await sealForTest();
    const nonce = newNonce();
    await open(first, token, nonce);
    expect(await acknowledge(first, { token, nonce: newNonce() })).toBe(false);
    expect(await acknowledge(first, { token, nonce })).toBe(true);
    expect(await open(first, token, nonce)).toMatchObject({ ending: { kind: 'opened' } });
    expect(await contentOf(first)).toEqual([{ state: 'OPENED', content: null }]);
  });

  it('is gone for its own nonce when the lease has passed, swept or not', async () => {
    const token = await sealForTest();
    const nonce = newNonce();
    await open(first, token, nonce);
    await first.client.$executeRaw`UPDATE sealed_items SET lease_until = clock_timestamp()`;
    expect((await open(first, token, nonce)).status).toBe('ended');
  });

  it('is erased in the moment it is opened where leases are off', async () => {
    const token = await sealForTest('no lease');
    const nonce = newNonce();
    expect(await open(withoutLeases, token, nonce)).toMatchObject({ secret: { text: 'no lease' } });
    expect(await contentOf(first)).toEqual([{ state: 'OPENED', content: null }]);
    expect((await open(withoutLeases, token, nonce)).status).toBe('ended');
  });

  it('is not changed by looking at it', async () => {
    const token = await sealForTest();
    const before = await first.client.$queryRaw`SELECT * FROM sealed_items ORDER BY id`;
    for (let times = 0; times < 5; times += 1) {
      expect((await lookAtServerSealed(first, token)).status).toBe('waiting');
    }
    expect(await first.client.$queryRaw`SELECT * FROM sealed_items ORDER BY id`).toEqual(before);
  });

  it('says to one who proves the link later when it was opened', async () => {
    const token = await sealForTest();
    await open(first, token);
    const state = await lookAtServerSealed(second, token);
    if (state.status !== 'ended') throw new Error(`Unexpected state ${state.status}`);
    expect(state.ending.kind).toBe('opened');
    expect(Math.abs(Date.parse(state.ending.at) - Date.now())).toBeLessThan(60_000);
  });
});

describe('a browser-sealed message', () => {
  it(`gives one ciphertext to ${OPENERS} parallel openers on two app instances`, async () => {
    const message = await sealInBrowser(first, { secret: 'only one browser reads this' });
    const results = await Promise.all(
      Array.from({ length: OPENERS }, (_, index) =>
        claimInBrowser(index % 2 ? first : second, message),
      ),
    );
    const claimed = results.filter((result) => result.status === 'claimed');
    expect(claimed).toHaveLength(1);
    expect(results.filter((result) => result.status === 'ended')).toHaveLength(OPENERS - 1);
    const [only] = claimed;
    expect(await decryptInBrowser(first, message, only?.ciphertext ?? '')).toBe(
      'only one browser reads this',
    );
  });

  it('is given again to the same nonce within its lease, and to no other', async () => {
    const message = await sealInBrowser(first);
    const nonce = newNonce();
    expect((await claimInBrowser(first, message, { nonce })).status).toBe('claimed');
    expect((await knockInBrowser(first, message, nonce)).status).toBe('waiting');
    expect((await claimInBrowser(second, message, { nonce })).status).toBe('claimed');
    expect((await claimInBrowser(second, message)).status).toBe('ended');
    expect((await knockInBrowser(first, message, newNonce())).status).toBe('ended');
  });

  it('is gone once it was acknowledged, and its content and open proof with it', async () => {
    const message = await sealInBrowser(first);
    const nonce = newNonce();
    await claimInBrowser(first, message, { nonce });
    expect(await acknowledge(first, { token: message.token, nonce })).toBe(true);
    expect((await claimInBrowser(first, message, { nonce })).status).toBe('ended');
    const rows = await first.client.$queryRaw`
      SELECT state::text, wrapped_ciphertext, open_verifier, passphrase_salt, claim_nonce_hash
      FROM sealed_items ORDER BY created_at DESC LIMIT 1`;
    expect(rows).toEqual([
      {
        state: 'OPENED',
        wrapped_ciphertext: null,
        open_verifier: null,
        passphrase_salt: null,
        claim_nonce_hash: null,
      },
    ]);
  });

  it('tells nothing, and changes nothing, without the proof of its link', async () => {
    const message = await sealInBrowser(first);
    const stranger = await sealInBrowser(first);
    const guess = { ...message, messageKey: stranger.messageKey };
    expect(await knockInBrowser(first, guess)).toEqual({ status: 'unknown' });
    expect(await claimInBrowser(first, guess)).toEqual({ status: 'unknown' });
    expect((await claimInBrowser(first, message)).status).toBe('claimed');
    expect(await knockInBrowser(first, guess)).toEqual({ status: 'unknown' });
    expect(await knockInBrowser(first, message)).toMatchObject({ ending: { kind: 'opened' } });
  });
});
