import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { troubles } from '@/messages/en/errors';
import { settings } from '@/messages/en/settings';
import { signIn, signUpOwner, somebody, type Person } from '../support/accounts';
import { expectAccessible } from '../support/axe';
import { canary } from '../support/canary';
import { expectFits } from '../support/layout';
import { loseNextAnswer } from '../support/lost-answer';
import { startOwnApp, type OwnApp } from '../support/own-app';
import { PageWatch } from '../support/page-watch';
import { keysThatOpen, traceInProfile } from '../support/profile-files';
import { askFor, requestNames as names } from '../support/requests';
import { createPeople, expect, test as base, type AnotherPerson } from '../support/test';

interface House {
  readonly app: OwnApp;
  readonly device: AnotherPerson;
  readonly owner: Person;
  /** Signed in, with a vault that is open. */
  readonly page: Page;
}

const test = base.extend<object, { house: House }>({
  house: [
    async ({ browser }, use) => {
      const app = await startOwnApp();
      const watch = new PageWatch(app.url);
      // A tab of which the session has ended is told so.
      watch.allowStatus(401);
      // So is one that gets no answer.
      watch.allow(/ERR_FAILED|ERR_INTERNET_DISCONNECTED/);
      const people = createPeople(browser, watch);
      const device: AnotherPerson = (options) => people.invite({ baseURL: app.url, ...options });
      const owner = somebody('Olivia Owner');
      const page = await device();
      await signUpOwner(page, owner);
      await use({ app, device, owner, page });
      await people.leave();
      await app.stop();
      expect(watch.problems, 'what the browser complained about').toEqual([]);
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

test.describe.configure({ mode: 'default', timeout: 180_000 });

const unlockHeading = (page: Page) => page.getByRole('heading', { name: 'Unlock your vault' });

async function unlock(page: Page, { password }: Person): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await names.unlock(page).click();
}

/** What the browser keeps of a vault, byte by byte; null for nothing. */
const keptIn = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ iv: number[]; sealedSeed: number[] } | null>((resolve, reject) => {
        const opening = indexedDB.open('sealpost');
        opening.onerror = () => reject(new Error('The database does not open.'));
        opening.onsuccess = () => {
          const store = opening.result.transaction('vault').objectStore('vault');
          const asked = store.get('vault') as IDBRequest<
            { iv: Uint8Array; sealedSeed: ArrayBuffer } | undefined
          >;
          asked.onsuccess = () => {
            opening.result.close();
            const { result } = asked;
            if (result === undefined) resolve(null);
            else {
              const sealedSeed = Array.from(new Uint8Array(result.sealedSeed));
              resolve({ iv: Array.from(result.iv), sealedSeed });
            }
          };
        };
      }),
  );

/** A request of which one reply waits. Its page. */
async function answered(page: Page, device: AnotherPerson, reply: string): Promise<string> {
  const { link, inbox } = await askFor(page, { question: 'A key, please.' });
  const client = await device();
  await client.goto(link);
  await names.freeReply(client).fill(reply);
  await names.send(client).click();
  await expect(client.getByRole('heading', { name: 'Sent', level: 1 })).toBeVisible();
  return inbox;
}

test('a page that is left open for three hours shows no reply and opens none; unlocking brings back what it showed', async ({
  house: { device, owner, page },
}) => {
  const secret = canary('reply');
  const inbox = await answered(page, device, secret);
  const left = await page.context().newPage();
  await left.clock.install();
  await left.goto(inbox);
  await names.openReply(left).click();
  await expect(names.reply(left)).toContainText(secret);

  // As a device that sleeps: what was due is done once, when it wakes.
  await left.clock.fastForward('03:00:00');
  await expect(unlockHeading(left)).toBeVisible();
  expect(await left.content()).not.toContain(secret);
  await expect(names.reply(left)).toHaveCount(0);
  await expect(names.openReply(left)).toHaveCount(0);
  await expect(names.link(left)).toHaveCount(0);
  expect(await keptIn(left)).toBeNull();
  await expectAccessible(left, 'a page whose vault has locked');
  await expectFits(left, 'a page whose vault has locked');

  await unlock(left, owner);
  await expect(names.reply(left)).toContainText(secret);
  await expect(unlockHeading(left)).toHaveCount(0);

  // The same without anybody unlocking: where only the page was left, the vault shows it again.
  await left.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
  await expect(names.reply(left)).toHaveCount(0);
  expect(await left.content()).not.toContain(secret);
  await left.getByRole('button', { name: 'Show it again' }).click();
  await expect(names.reply(left)).toContainText(secret);
  await left.close();
});

test('locking and signing out reach every tab and what stands on its screen, and lose nothing', async ({
  house: { device, owner, page },
}) => {
  const secret = canary('reply');
  const inbox = await answered(page, device, secret);
  await page.goto(inbox);
  await names.openReply(page).click();
  await expect(names.reply(page)).toContainText(secret);

  const other = await page.context().newPage();
  await other.goto('/settings/security');
  await other.getByRole('button', { name: 'Lock now' }).click();
  await expect(unlockHeading(page)).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  await unlock(page, owner);
  await expect(names.reply(page)).toContainText(secret);
  await expect(other.getByText('The vault is open in this browser.')).toBeVisible();

  await other.getByRole('button', { name: 'Sign out', exact: true }).click();
  await other.waitForURL('**/sign-in');
  await expect(unlockHeading(page)).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  expect(await keptIn(page)).toBeNull();
  await unlock(page, owner);
  await expect(page.getByText('Sign in first')).toBeVisible();

  await signIn(other, owner);
  await expect(names.reply(page)).toContainText(secret);
  await other.close();
});

test('a browser that was signed out elsewhere keeps nothing once it finds nobody signed in', async ({
  house: { device, owner, page },
}) => {
  const phone = await device();
  await signIn(phone, owner);
  expect(await keptIn(phone)).not.toBeNull();
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(page.getByRole('button', { name: /^Sign out .+ on / })).toHaveCount(0);
  await phone.goto('/dashboard');
  await expect(phone.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible();
  await expect.poll(() => keptIn(phone)).toBeNull();
});

test('signing out asks first where something is unsaved, and where it failed says so and has locked the vault', async ({
  house: { device, owner },
}) => {
  const page = await device();
  await signIn(page, owner);
  await page.goto('/requests/new');
  await names.question(page).fill('Typed and not sent');
  const signOut = page.getByRole('button', { name: 'Sign out', exact: true });
  const asked = page.getByRole('group', { name: 'not saved or sent yet' });
  await signOut.click();
  await expect(asked).toBeFocused();
  await expectAccessible(page, 'asked before signing out');
  await asked.getByRole('button', { name: 'Stay on this page' }).click();
  await expect(signOut).toBeFocused();
  const standing = await page.request.get('/api/standing');
  expect(await standing.json()).toMatchObject({ staff: { name: owner.name } });
  await expect(names.question(page)).toHaveValue('Typed and not sent');

  await page.route('**/api/auth/signout', (route) => route.abort());
  await signOut.click();
  await asked.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('did not confirm that you are signed out')).toBeVisible();
  await expect(unlockHeading(page)).toBeVisible();
  expect(await keptIn(page)).toBeNull();
  await unlock(page, owner);
  await expect(names.question(page)).toHaveValue('Typed and not sent');

  await page.unroute('**/api/auth/signout');
  page.on('dialog', () => {
    throw new Error('It was asked already.');
  });
  await signOut.click();
  await asked.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  expect(await (await page.request.get('/api/standing')).json()).toMatchObject({ staff: null });
});

test('a browser’s disk opens no vault: not with its files alone, and after sign-out not with anything', async ({
  house: { app, owner },
  playwright,
  launchOptions,
}) => {
  const directory = await mkdtemp(join(tmpdir(), 'sealpost-profile-'));
  const context = await playwright.chromium.launchPersistentContext(directory, {
    ...launchOptions,
    baseURL: app.url,
  });
  const page = await context.newPage();
  await signIn(page, owner);
  const kept = await keptIn(page);
  if (kept === null) throw new Error('The browser keeps no vault.');
  const shares = await app.database.query<{ vault_share: Buffer }>(
    'SELECT vault_share FROM sessions WHERE vault_share IS NOT NULL ORDER BY created_at DESC',
  );
  const [newest] = shares;
  if (newest === undefined) throw new Error('The server keeps no share.');
  // Nothing was searched for in vain: with the share of the session, the files do open it.
  expect(await keysThatOpen(directory, kept, newest.vault_share)).toHaveLength(1);
  expect(await keysThatOpen(directory, kept, null)).toEqual([]);

  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL('**/sign-in');
  await context.close();
  expect(await keysThatOpen(directory, kept, null)).toEqual([]);
  expect(await traceInProfile(directory, newest.vault_share)).toEqual([]);
  const left = 'SELECT 1 FROM sessions WHERE vault_share = $1';
  expect(await app.database.query(left, [newest.vault_share])).toEqual([]);
  await rm(directory, { recursive: true, force: true });
});

test('a new recovery code is in force once it is said to be saved, and the old one until then', async ({
  house: { app, owner, page },
}) => {
  const wrapped = () => app.database.query('SELECT vault_seed_by_recovery FROM accounts');
  const before = await wrapped();
  await page.goto('/settings/security/recovery-code');
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Make a new code' }).click();
  await expect(page.getByRole('region', { name: 'Recovery code' })).toBeVisible();
  expect(await wrapped()).toEqual(before);
  await expect(page.getByText(settings.recoveryCode.untilThen)).toBeVisible();
  await loseNextAnswer(page, 'vaultSeedByRecovery');
  await page.getByRole('button', { name: 'I have saved it' }).click();
  await expect(page.getByText(troubles.lost_recovery_code)).toBeVisible();
  await expect(page.getByText(settings.recoveryCode.untilThen)).toBeHidden();
  const done = await wrapped();
  expect(done, 'done, though no answer came').not.toEqual(before);
  await page.getByRole('button', { name: 'I have saved it' }).click();
  await expect(page.getByRole('heading', { name: 'Security', level: 1 })).toBeVisible();
  expect(await wrapped()).not.toEqual(before);
});

test('where the browser refuses IndexedDB the vault lives in the page’s memory, and that is said', async ({
  house: { device, owner },
}) => {
  const page = await device();
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', {
      get: () => {
        throw new DOMException('Site data is blocked.', 'SecurityError');
      },
    });
  });
  await signIn(page, owner);
  await page.goto('/requests/new');
  await expect(page.getByText('This browser keeps nothing for this site')).toBeVisible();
  await unlock(page, owner);
  await names.question(page).fill('Asked from a private window');
  await names.create(page).click();
  await expect(names.link(page)).not.toBeEmpty();
});
