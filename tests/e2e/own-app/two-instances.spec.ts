import { lock } from 'proper-lockfile';
import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClaimResult } from '@/lib/sealed/outcomes';
import { startApp, type RunningApp } from '@/tests/support/app';
import { countLockWaiters, holdMessages } from '../support/held-rows';
import { postForm, readPostForm } from '../support/html-forms';
import { createOwnDatabase, type OwnDatabase } from '../support/own-database';
import { decrypt, openOverHttp, sealInBrowser, sealOnServer } from '../support/seal-over-http';
import { callWithForm, readActionIds } from '../support/server-actions';
import { expect, test as base } from '../support/test';
import { newNonce } from '../support/wrong-passphrases';

interface Instances {
  readonly first: RunningApp;
  readonly second: RunningApp;
  readonly database: OwnDatabase;
  readonly keyringFile: string;
  /** `kill -9` */
  killFirst(): Promise<void>;
  /** A new process on the same port and data. */
  restartFirst(): Promise<void>;
}

/** Two apps that share a database and a keyring. */
const test = base.extend<object, { instances: Instances }>({
  instances: [
    async ({}, use) => {
      const shared = await mkdtemp(join(tmpdir(), 'sealpost-e2e-shared-'));
      const database = await createOwnDatabase();
      const options = {
        databaseUrl: database.url,
        keyringFile: join(shared, 'keyring.json'),
      };
      const dataDir = join(shared, 'first');
      let first = await startApp({ ...options, dataDir });
      // Links are made for the first; the second stands behind the same address, as behind a balancer.
      const second = await startApp({ ...options, env: { APP_URL: first.url } });
      await use({
        get first() {
          return first;
        },
        second,
        database,
        keyringFile: options.keyringFile,
        killFirst: () => first.kill(),
        async restartFirst() {
          first = await startApp({ ...options, dataDir, port: first.port });
        },
      });
      await Promise.all([first.stop(), second.stop()]);
      await database.remove();
      await rm(shared, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

// In one worker, or each would start apps of its own.
test.describe.configure({ mode: 'default' });

const OPENERS = 200;
/** A pool that is full says that it can't say: to ask again is to learn the end. */
const ENDED_OR_BUSY = /opened already|of it may or may not have been done|"ended"|"unavailable"/;

test('of 200 who open a server-sealed secret at once at two instances, one gets it', async ({
  instances,
}) => {
  const { first, second, database } = instances;
  const secret = 'for one of two hundred';
  const { link } = await sealOnServer(first.url, { secret });
  const form = readPostForm(await (await fetch(link)).text(), link);
  const path = new URL(link).pathname;

  // Nobody is let through before the pools are full and everybody has asked.
  const held = await holdMessages(database.url);
  const asked = Array.from({ length: OPENERS }, (_, index) =>
    postForm(
      { ...form, action: addressOf(index % 2 === 0 ? first : second) + path },
      { show: 'yes', intent: 'open', nonce: newNonce() },
    ).then((answer) => answer.text()),
  );
  await expect.poll(() => countLockWaiters(database)).toBeGreaterThanOrEqual(32);
  await held.release();
  const answers = await Promise.all(asked);
  expect(answers.filter((text) => text.includes(secret))).toHaveLength(1);
  expect(answers.filter((text) => ENDED_OR_BUSY.test(text))).toHaveLength(OPENERS - 1);
});

test('of 200 who open a browser-sealed secret at once at two instances, one gets it', async ({
  instances,
}) => {
  const { first, second, database } = instances;
  const secret = 'for one of two hundred';
  const { link, claim, messageKey } = await sealInBrowser(first.url, { secret });
  const id = (await readActionIds(link)).get('claimBrowserSealed') ?? '';
  const path = new URL(link).pathname;

  const held = await holdMessages(database.url);
  const asked = Array.from({ length: OPENERS }, (_, index) =>
    callWithForm<ClaimResult>(addressOf(index % 2 === 0 ? first : second) + path, id, {
      ...claim,
      nonce: newNonce(),
    }),
  );
  await expect.poll(() => countLockWaiters(database)).toBeGreaterThanOrEqual(32);
  await held.release();
  const outcomes = (await Promise.all(asked)).map(({ outcome }) => outcome);
  const claimed = outcomes.filter((outcome) => outcome?.status === 'claimed');
  expect(claimed).toHaveLength(1);
  expect(await decrypt(messageKey, claimed[0]?.ciphertext ?? '')).toBe(secret);
  const others = outcomes.filter((outcome) => ENDED_OR_BUSY.test(JSON.stringify(outcome)));
  expect(others).toHaveLength(OPENERS - 1);
});

test('an app killed between claim and answer gives a server-sealed secret to the same opener, and to no other', async ({
  instances,
}) => {
  const { link } = await sealOnServer(instances.first.url, { secret: 'claimed and cut off' });
  const form = readPostForm(await (await fetch(link)).text(), link);
  const opening = { show: 'yes', intent: 'open', nonce: newNonce() };
  await killBetweenClaimAndAnswer(instances, () => postForm(form, opening));

  const other = await postForm(form, { ...opening, nonce: newNonce() });
  expect(await other.text()).toContain('opened already');
  const same = await postForm(form, opening);
  expect(await same.text()).toContain('claimed and cut off');
});

test('an app killed between claim and answer gives a browser-sealed secret to the same opener, and to no other', async ({
  instances,
}) => {
  const sealed = await sealInBrowser(instances.first.url, { secret: 'claimed and cut off' });
  const nonce = newNonce();
  await killBetweenClaimAndAnswer(instances, () => openOverHttp(sealed, nonce));

  expect(await openOverHttp(sealed, newNonce())).toBeNull();
  const second = addressOf(instances.second);
  expect(await openOverHttp(sealed, newNonce(), second)).toBeNull();
  expect(await openOverHttp(sealed, nonce, second)).toBe('claimed and cut off');
  expect(await openOverHttp(sealed, nonce)).toBe('claimed and cut off');
});

test('an app killed before its claim is made leaves the secret sealed for whoever comes', async ({
  instances,
}) => {
  const { first, database } = instances;
  const { link } = await sealOnServer(first.url, { secret: 'not claimed yet' });
  const form = readPostForm(await (await fetch(link)).text(), link);
  const opening = { show: 'yes', intent: 'open' };
  const held = await holdMessages(database.url);
  const cut = postForm(form, opening).then(
    () => 'answered',
    () => 'cut',
  );
  await expect.poll(() => countLockWaiters(database)).toBeGreaterThan(0);
  await instances.killFirst();
  expect(await cut).toBe('cut');
  // The dead app's statement is still in the queue; the database drops it with its connection.
  await database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'`,
  );
  await held.release();
  await instances.restartFirst();
  const answer = await postForm(form, { ...opening, nonce: newNonce() });
  expect(await answer.text()).toContain('not claimed yet');
});

test('a secret that expires is told as expired, whatever clock the app has', async ({
  instances,
}) => {
  const { first, database } = instances;
  const server = await sealOnServer(first.url, { secret: 'too late' });
  const browser = await sealInBrowser(first.url, { secret: 'too late' });
  const form = readPostForm(await (await fetch(server.link)).text(), server.link);
  await database.query(
    `UPDATE sealed_items SET expires_at = clock_timestamp() WHERE state = 'SEALED'`,
  );
  const answer = await postForm(form, { show: 'yes', intent: 'open' });
  expect(await answer.text()).toContain('This secret has expired');
  const page = await fetch(server.link);
  expect(page.status).toBe(410);
  expect(await page.text()).toContain('This secret has expired');
  expect(await openOverHttp(browser, newNonce())).toBeNull();
  expect(await (await fetch(browser.statusLink)).text()).toContain('Expired unopened');
});

test('a secret whose row was altered is told as such, on the page too, and opens once it is put back', async ({
  instances,
}) => {
  const { first, database } = instances;
  const { link, statusLink } = await sealOnServer(first.url, { secret: 'put back' });
  const form = readPostForm(await (await fetch(link)).text(), link);
  const alter = () =>
    database.query(`UPDATE sealed_items SET knock_verifier = sha256(knock_verifier),
      claim_nonce_hash = coalesce(claim_nonce_hash, knock_verifier) WHERE state = 'SEALED'`);
  const putBack = () =>
    database.query(`UPDATE sealed_items SET knock_verifier = claim_nonce_hash,
      claim_nonce_hash = NULL WHERE state = 'SEALED'`);
  await alter();
  const page = await fetch(link);
  expect(page.status).toBe(410);
  expect(await page.text()).toContain('This secret can’t be read any more');
  const answer = await postForm(form, { show: 'yes', intent: 'open' });
  expect(await answer.text()).toContain('This secret can’t be read any more');
  expect(await (await fetch(statusLink)).text()).toContain('Nobody has opened this secret yet');
  await putBack();
  const opened = await postForm(form, { show: 'yes', intent: 'open' });
  expect(await opened.text()).toContain('put back');
});

test('after an acknowledged opening the row holds nothing of the secret, only that it was opened', async ({
  instances,
}) => {
  const { first, database } = instances;
  const sealed = await sealInBrowser(first.url, { secret: 'read' });
  const nonce = newNonce();
  expect(await openOverHttp(sealed, nonce)).toBe('read');
  const id = (await readActionIds(sealed.link)).get('acknowledge') ?? '';
  await callWithForm(sealed.link, id, { token: sealed.linkToken, nonce });
  const [row] = await database.query<Record<string, unknown>>(
    'SELECT * FROM sealed_items ORDER BY created_at DESC LIMIT 1',
  );
  expect(row).toMatchObject({
    state: 'OPENED',
    wrapped_ciphertext: null,
    passphrase_salt: null,
    open_verifier: null,
    claim_nonce_hash: null,
    lease_until: null,
  });
  expect(await openOverHttp(sealed, nonce), 'not even for the one who opened').toBeNull();
});

test('what an owner decides about sending at one instance is said by the front page of the others at once', async ({
  instances,
}) => {
  const { first, second, database } = instances;
  const saidBy = async (app: RunningApp) =>
    (await (await fetch(addressOf(app))).text()).includes('Sign in to send a secret');
  for (const [policy, isSaid] of [
    ['MEMBERS', true],
    ['ANYONE', false],
  ] as const) {
    await database.query(`UPDATE policy SET who_may_send = '${policy}'`);
    expect(await Promise.all([saidBy(first), saidBy(second)])).toEqual([isSaid, isSaid]);
  }
});

/** The address at which an instance listens; links name the one that both stand behind. */
function addressOf({ port }: RunningApp): string {
  return `http://127.0.0.1:${String(port)}`;
}

/**
 * Stops the first app at the moment when its claim stands in the database and its answer has
 * not left: it may not answer before the mark of the history is moved, and that needs a lock.
 */
async function killBetweenClaimAndAnswer(
  instances: Instances,
  open: () => Promise<unknown>,
): Promise<void> {
  const { database, keyringFile } = instances;
  const claimedBefore = await countClaimed(database);
  const release = await lock(`${keyringFile}.history`, {
    realpath: false,
    stale: 5_000,
    update: 1_000,
    retries: 50,
  });
  const cut = open().then(
    () => 'answered',
    () => 'cut',
  );
  await expect.poll(() => countClaimed(database)).toBe(claimedBefore + 1);
  await instances.killFirst();
  expect(await cut).toBe('cut');
  await release();
  await instances.restartFirst();
}

async function countClaimed(database: OwnDatabase): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM sealed_items WHERE claimed_at IS NOT NULL`,
  );
  return row?.count ?? 0;
}
