import type { BrowserContext, Page } from '@playwright/test';
import { startApp } from '@/tests/support/app';
import { troubles } from '@/messages/en/errors';
import { account } from '@/messages/en/account';
import { compose } from '@/messages/en/compose';
import { open } from '@/messages/en/open';
import { reply } from '@/messages/en/reply';
import { signIn, signUpOwner, somebody, type Person } from '../support/accounts';
import { canary } from '../support/canary';
import { PageWatch } from '../support/page-watch';
import { askFor, requestNames } from '../support/requests';
import { names, openSecret, sendSecret, startComposing, takenOverByReact } from '../support/steps';
import { createPeople, expect, test as base, type AnotherPerson } from '../support/test';

/*
 * What a browser may refuse to a page, taken away one by one, on compose, open, reply, sign-in and
 * inbox: either it works all the same, or the page says what this browser lacks, and never that the
 * server failed.
 */

interface Site {
  readonly device: AnotherPerson;
  /** Signed in, in a browser that has everything. */
  readonly owner: Page;
  readonly person: Person;
}

const test = base.extend<object, { site: Site }>({
  site: [
    async ({ browser }, use) => {
      const app = await startApp();
      const watch = new PageWatch(app.url);
      const people = createPeople(browser, watch);
      const device: AnotherPerson = (options) => people.invite({ baseURL: app.url, ...options });
      const owner = await device();
      const person = somebody();
      await signUpOwner(owner, person);
      await use({ device, owner, person });
      await people.leave();
      await app.stop();
      expect(watch.problems, 'what the browser complained about').toEqual([]);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

test.describe.configure({ mode: 'default' });

type TakeAway = (context: BrowserContext) => Promise<unknown>;

const REFUSED: readonly [string, TakeAway][] = [
  [
    'IndexedDB',
    (context) =>
      context.addInitScript(() => {
        Object.defineProperty(window, 'indexedDB', { value: undefined });
      }),
  ],
  [
    'session storage and local storage',
    (context) =>
      context.addInitScript(() => {
        for (const name of ['sessionStorage', 'localStorage']) {
          const get = () => {
            throw new DOMException('The operation is insecure.', 'SecurityError');
          };
          Object.defineProperty(window, name, { get });
        }
      }),
  ],
  [
    'workers',
    (context) =>
      context.addInitScript(() => {
        Object.defineProperty(window, 'Worker', { value: undefined });
      }),
  ],
  [
    'WebAssembly, in pages and workers',
    async (context) => {
      await context.addInitScript(() => {
        Object.defineProperty(window, 'WebAssembly', { value: undefined });
      });
      await context.route('**/_next/static/**', async (route) => {
        const response = await route.fetch();
        const policy = response.headers()['content-security-policy'] ?? '';
        const headers = {
          ...response.headers(),
          'content-security-policy': policy.replace("'wasm-unsafe-eval'", ''),
        };
        await route.fulfill({ response, headers });
      });
    },
  ],
  [
    'the clipboard',
    (context) =>
      context.addInitScript(() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
      }),
  ],
];

for (const [what, takeAway] of REFUSED) {
  test(`without ${what}, every flow works`, async ({ site: { device, owner, person } }) => {
    const [secret, passphrase, answer] = [canary('secret'), 'tulip anchor', canary('reply')];
    const asked = await askFor(owner, { question: `A key, without ${what}.` });
    const page = await device();
    await takeAway(page.context());

    const { link } = await sendSecret(page, { secret, passphrase });
    await page.getByRole('button', { name: 'Copy link' }).click();
    await openSecret(page, link, passphrase);
    await expect(names.opened(page)).toHaveText(secret);
    await names.copySecret(page).click();

    await page.goto(asked.link);
    await requestNames.freeReply(page).fill(answer);
    await requestNames.send(page).click();
    await expect(page.getByRole('heading', { name: 'Sent', level: 1 })).toBeVisible();

    await signIn(page, person);
    await page.goto(asked.inbox);
    await expect(requestNames.openReply(page).or(requestNames.unlock(page))).toBeVisible();
    if (await requestNames.unlock(page).isVisible()) {
      await page.getByLabel('Password', { exact: true }).fill(person.password);
      await requestNames.unlock(page).click();
    }
    await requestNames.openReply(page).click();
    await expect(requestNames.reply(page)).toContainText(answer);
  });
}

test('without encryption, each page says that it is this browser that has none', async ({
  site: { device, owner },
}) => {
  const { link } = await sendSecret(owner, { secret: canary('secret') });
  const asked = await askFor(owner, { question: 'A key, without encryption.' });
  const page = await device();
  await page.addInitScript(() => {
    Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });
  });

  await startComposing(page);
  await expect(page.getByText(compose.encrypt.withoutCrypto)).toBeVisible();
  await page.goto(link);
  await expect(page.getByText(open.needsHttps.text)).toBeVisible();
  await page.goto(asked.link);
  await expect(page.getByText(reply.needsHttps.text)).toBeVisible();
  await page.goto('/sign-in');
  await takenOverByReact(page);
  await expect(page.getByText(account.noEncryption)).toBeVisible();
  await page.getByRole('textbox', { name: 'E-mail' }).fill('staff@example.org');
  await page.getByLabel('Password', { exact: true }).fill('correct horse');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText(troubles.encryption_missing)).toBeVisible();
});

test('what fails in the browser alone is never laid on the server', async ({
  site: { device, person },
}) => {
  const page = await device();
  await page.addInitScript(() => {
    const fail = () => {
      throw new Error('This browser has its own mind.');
    };
    Object.defineProperty(SubtleCrypto.prototype, 'importKey', { value: fail });
  });
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText(troubles.browser_failed)).toBeVisible();
});
