import type { Page } from '@playwright/test';
import { canary } from '../support/canary';
import { sealInBrowser, sealOnServer } from '../support/seal-over-http';
import {
  comeToOpen,
  fillIn,
  names,
  openSecret,
  sendSecret,
  startComposing,
} from '../support/steps';
import { expect, test } from '../support/test';
import { tracesOf } from '../support/traces';

for (const [seal, make] of Object.entries({ browser: sealInBrowser, server: sealOnServer })) {
  test.describe(`${seal} seal`, () => {
    test.beforeEach(({ watch }) => {
      watch.allowStatus(410);
    });

    test('after opening, neither reload nor back nor forward shows the secret again', async ({
      page,
      origin,
    }) => {
      const secret = canary('secret');
      const { link } = await make(origin, { secret });
      await page.goto('/how-it-works');
      await openSecret(page, link);
      await expect(names.opened(page)).toHaveText(secret);

      await page.reload();
      await expect(names.heading(page)).toHaveText('You opened this secret already');
      expect(await page.content()).not.toContain(secret);
      await page.goBack();
      await page.goForward();
      await expect(names.heading(page)).toHaveText('You opened this secret already');
      expect(await page.content()).not.toContain(secret);
    });

    test('an opened secret is gone when the page is put away, before it could be brought back', async ({
      page,
      origin,
    }) => {
      const secret = canary('secret');
      const { link } = await make(origin, { secret });
      await openSecret(page, link);
      await expect(names.opened(page)).toHaveText(secret);
      // What a browser says to a page that it keeps for the back button.
      const kept = await page.evaluate(() => {
        dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
        return document.documentElement.outerHTML;
      });
      expect(kept).not.toContain(secret);
      await expect(names.heading(page)).toHaveText('The secret is hidden');
    });

    test('an opened secret leaves a tab that is in the background for ten minutes', async ({
      page,
      origin,
    }) => {
      const secret = canary('secret');
      const { link } = await make(origin, { secret });
      await page.clock.install();
      await openSecret(page, link);
      await expect(names.opened(page)).toHaveText(secret);
      await hideTab(page);
      await page.clock.runFor('09:50');
      await expect(names.opened(page)).toHaveText(secret);
      await page.clock.runFor('00:20');
      await expect(names.heading(page)).toHaveText('The secret is hidden');
      expect(await page.content()).not.toContain(secret);
    });

    test('nothing that the browser keeps holds the secret, the passphrase or the link', async ({
      page,
      origin,
    }) => {
      const [secret, passphrase] = [canary('secret'), canary('passphrase')];
      const { link } = await make(origin, { secret, passphrase });
      await openSecret(page, link, passphrase);
      await expect(names.opened(page)).toHaveText(secret);
      await page.waitForURL((url) => url.hash === '');

      const kept = Buffer.from(await everythingKept(page));
      expect(tracesOf('sealpost-claim', kept), 'this tab remembers that it opened').not.toEqual([]);
      expect(tracesOf(secret, kept)).toEqual([]);
      expect(tracesOf(passphrase, kept)).toEqual([]);
      const [, token = '', key = 'none'] = /\/m\/([\w-]+)(?:#([\w-]+))?$/.exec(link) ?? [];
      expect(tracesOf(token, Buffer.from(await everythingStored(page)))).toEqual([]);
      if (key !== 'none') expect(tracesOf(key, kept)).toEqual([]);
    });
  });
}

test('the form is empty when one comes back to it after sealing', async ({ page }) => {
  const secret = canary('secret');
  await sendSecret(page, { secret, passphrase: 'words that were drawn' });
  await page.goto('/how-it-works');
  await page.goBack();
  await expect(names.secret(page)).toHaveValue('');
  await expect(names.passphrase(page)).toHaveValue('');
});

test('leaving asks first while a secret is typed, and not once it is sealed', async ({ page }) => {
  await startComposing(page);
  await fillIn(page, { secret: 'unsaved' });
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(names.secret(page)).toHaveValue('unsaved');

  await names.create(page).click();
  await expect(names.link(page)).not.toBeEmpty();
  const closed = page.waitForEvent('close');
  page.on('dialog', () => {
    throw new Error('It asked although nothing would be lost.');
  });
  await page.close({ runBeforeUnload: true });
  await closed;
});

test('a waiting page that is reloaded waits on', async ({ page, origin }) => {
  const { link } = await sealInBrowser(origin, { secret: 'still there' });
  await comeToOpen(page, link);
  await page.reload();
  await names.open(page).click();
  await expect(names.opened(page)).toHaveText('still there');
});

async function hideTab(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

function everythingStored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const stores = [Object.entries(sessionStorage), Object.entries(localStorage)];
    return JSON.stringify([stores, document.cookie, databases, await caches.keys()]);
  });
}

/** What is stored, and what the tab's history and address say. */
async function everythingKept(page: Page): Promise<string> {
  const history = await page.evaluate(() =>
    JSON.stringify([window.history.state, location.href, document.referrer, document.title]),
  );
  const cookies = JSON.stringify(await page.context().cookies());
  return (await everythingStored(page)) + history + cookies;
}
