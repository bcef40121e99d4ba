import type { BrowserContext } from '@playwright/test';
import { troubles } from '@/messages/en/errors';
import { account } from '@/messages/en/account';
import { compose } from '@/messages/en/compose';
import { open } from '@/messages/en/open';
import { reply } from '@/messages/en/reply';
import { signIn } from '../support/accounts';
import { expect, test } from '../support/agency';
import { canary } from '../support/canary';
import { askFor, requestNames } from '../support/requests';
import { names, openSecret, sendSecret, startComposing, takenOverByReact } from '../support/steps';

/*
 * What a browser may refuse to a page, taken away one by one, on compose, open, reply, sign-in and
 * inbox: either it works all the same, or the page says what this browser lacks, and never that the
 * server failed.
 */

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
  test(`without ${what}, every flow works`, async ({ agency: { device, desk, owner } }) => {
    const [secret, passphrase, answer] = [canary('secret'), 'tulip anchor', canary('reply')];
    const asked = await askFor(desk, { question: `A key, without ${what}.` });
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

    await signIn(page, owner);
    await page.goto(asked.inbox);
    await expect(requestNames.openReply(page).or(requestNames.unlock(page))).toBeVisible();
    if (await requestNames.unlock(page).isVisible()) {
      await page.getByLabel('Password', { exact: true }).fill(owner.password);
      await requestNames.unlock(page).click();
    }
    await requestNames.openReply(page).click();
    await expect(requestNames.reply(page)).toContainText(answer);
  });
}

test('without encryption, each page says that it is this browser that has none', async ({
  agency: { device, desk },
}) => {
  const { link } = await sendSecret(desk, { secret: canary('secret') });
  const asked = await askFor(desk, { question: 'A key, without encryption.' });
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

  // As at an http address of a network: no other browser has any there.
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'isSecureContext', { value: false });
  });
  await page.goto('/sign-in');
  await expect(page.getByText(account.needsHttps.text)).toBeVisible();
  await expect(page.getByText(account.noEncryption)).toBeHidden();
});

test('what fails in the browser alone is never laid on the server', async ({
  agency: { device, owner },
}) => {
  const page = await device();
  await page.addInitScript(() => {
    const fail = () => {
      throw new Error('This browser has its own mind.');
    };
    Object.defineProperty(SubtleCrypto.prototype, 'importKey', { value: fail });
  });
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText(troubles.browser_failed)).toBeVisible();
});
