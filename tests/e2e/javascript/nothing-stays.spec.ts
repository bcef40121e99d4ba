import type { Page, Response } from '@playwright/test';
import { canary } from '../support/canary';
import { sealInBrowser, sealOnServer } from '../support/seal-over-http';
import {
  comeToOpen,
  fillIn,
  names,
  openSecret,
  pressTwice,
  sendSecret,
  startComposing,
  takenOver,
} from '../support/steps';
import { expect, test } from '../support/test';
import { tracesOf } from '../support/traces';

const TAKEN = Object.entries({
  copied: (page: Page) => names.copySecret(page).click(),
  downloaded: (page: Page) => names.download(page).click(),
  deleted: (page: Page) => pressTwice(page, 'Delete from this page'),
});

for (const [seal, make] of Object.entries({ browser: sealInBrowser, server: sealOnServer })) {
  test.describe(`${seal} seal`, () => {
    test.beforeEach(({ watch }) => {
      watch.allowStatus(410);
    });

    test('until it is taken, an opened secret can be shown again in its tab: after a reload, after back and forward', async ({
      page,
      origin,
      anotherPerson,
    }) => {
      const [secret, passphrase] = [canary('secret'), canary('passphrase')];
      const { link, statusLink } = await make(origin, { secret, passphrase });
      await page.goto('/how-it-works');
      await openSecret(page, link, passphrase);
      await expect(names.opened(page)).toHaveText(secret);
      await expect(page.getByText('this tab can show it again until')).toBeVisible();

      const showAgain = async () => {
        await expect(names.heading(page)).toHaveText('You can see your secret again');
        expect(await page.content()).not.toContain(secret);
        await names.passphrase(page).fill(passphrase);
        await takenOver(page);
        await names.open(page).click();
        await expect(names.opened(page)).toHaveText(secret);
      };
      await page.reload();
      await showAgain();
      await page.goBack();
      await expect(names.heading(page)).not.toHaveText('Your secret');
      await page.goForward();
      await showAgain();

      const other = await anotherPerson();
      await other.goto(link);
      await expect(names.heading(other)).toHaveText('This secret was opened already');
      await other.goto(statusLink);
      await expect(names.heading(other), 'the record says so from the first time on').toHaveText(
        'Opened',
      );
    });

    // What is shown, and so what takes it, is the same of both seals.
    for (const [what, take] of seal === 'browser' ? TAKEN : TAKEN.slice(0, 1)) {
      test(`once it is ${what}, neither reload nor back nor forward shows the secret again`, async ({
        page,
        origin,
      }) => {
        const secret = canary('secret');
        const { link } = await make(origin, { secret });
        await page.goto('/how-it-works');
        await openSecret(page, link);
        await expect(page.getByText('this tab can show it again until')).toBeVisible();
        const acknowledged = page.waitForResponse(isAction);
        await take(page);
        await acknowledged;
        await page.waitForURL((url) => url.hash === '');

        await page.reload();
        await expect(names.heading(page)).toHaveText('You opened this secret already');
        expect(await page.content()).not.toContain(secret);
        await page.goBack();
        await page.goForward();
        await expect(names.heading(page)).toHaveText('You opened this secret already');
        expect(await page.content()).not.toContain(secret);
      });
    }

    test('when the lease ends the tab keeps neither nonce nor key, says so, and does not show it again', async ({
      page,
      origin,
    }) => {
      const secret = canary('secret');
      const { link } = await make(origin, { secret });
      await page.clock.install();
      await openSecret(page, link);
      await expect(page.getByText('this tab can show it again until')).toBeVisible();
      expect(await everythingStored(page)).toContain('nonce');
      await page.clock.runFor('02:01');
      await expect(names.opened(page), 'it is still to be read').toHaveText(secret);
      await expect(page.getByText('It is gone from the server')).toBeVisible();
      await page.waitForURL((url) => url.hash === '');
      expect(await everythingStored(page)).not.toContain('nonce');
      const asked = page.waitForEvent('dialog');
      const reloaded = page.reload();
      await (await asked).accept();
      await reloaded;
      await expect(names.heading(page)).toHaveText('You opened this secret already');
    });

    test('an opened secret is gone when the page is put away, and can be shown again once it is brought back', async ({
      page,
      origin,
    }) => {
      const secret = canary('secret');
      const { link } = await make(origin, { secret });
      await openSecret(page, link);
      await expect(page.getByText('this tab can show it again until')).toBeVisible();
      // What a browser says to a page that it keeps for the back button.
      const kept = await page.evaluate(() => {
        dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
        return document.documentElement.outerHTML;
      });
      expect(kept).not.toContain(secret);
      await names.open(page).click();
      await expect(names.opened(page)).toHaveText(secret);
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
      await expect(names.heading(page)).toHaveText('The secret is not here any more');
      expect(await page.content()).not.toContain(secret);
    });

    test('nothing that the browser keeps holds the secret, the passphrase or the link', async ({
      page,
      origin,
    }) => {
      const [secret, passphrase] = [canary('secret'), canary('passphrase')];
      const { link } = await make(origin, { secret, passphrase });
      await openSecret(page, link, passphrase);
      await expect(page.getByText('this tab can show it again until')).toBeVisible();
      await names.copySecret(page).click();
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

test('leaving asks first while a secret is typed, or its link or a drawn passphrase was not taken, and not once they were', async ({
  page,
}) => {
  const asksBeforeLeaving = async () => {
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    // The page goes on, so it was answered: what is asked of a browser before that may get lost.
    await page.evaluate(() => undefined);
  };
  await startComposing(page);
  const passphrase = 'abandon-ability-able-about-above-absent';
  await fillIn(page, { secret: 'unsaved', passphrase });
  await asksBeforeLeaving();
  await expect(names.secret(page)).toHaveValue('unsaved');

  await names.create(page).click();
  await expect(names.link(page)).not.toBeEmpty();
  await asksBeforeLeaving();
  await names.copyLink(page).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  await asksBeforeLeaving();
  await page.getByRole('button', { name: 'Show passphrase' }).click();
  await expect(page.getByText(passphrase)).toBeVisible();
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

/** An action of the page's script, which is how it acknowledges. */
function isAction(response: Response): boolean {
  return 'next-action' in response.request().headers();
}

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
