import type { Locator, Page, Request } from '@playwright/test';
import { acceptInvitation, invite, somebody } from '../support/accounts';
import { expect, test, type Agency } from '../support/agency';
import { readBuiltActions } from '../support/app-surface';
import { expectAccessible } from '../support/axe';
import { expectFits } from '../support/layout';
import { askFor, requestNames } from '../support/requests';
import { sealInBrowser, sealOnServer } from '../support/seal-over-http';
import {
  comeToOpen,
  createLink,
  fillIn,
  names,
  startComposing,
  takenOverByReact,
} from '../support/steps';

// In one worker, or each would start an app and make accounts of its own.
test.describe.configure({ mode: 'default', timeout: 120_000 });

test.beforeAll(({ agency }) => {
  agency.watch.allowStatus(410);
});

interface Act {
  /** The button that asks, and the one that does it. */
  readonly name: string;
  readonly confirm: string;
  /** Comes to the page. */
  readonly arrive: (agency: Agency) => Promise<void>;
  /** What it takes besides. */
  readonly prove?: (agency: Agency) => Promise<void>;
  /** What the page says once it is done. */
  readonly done: (page: Page) => Locator;
}

const UNOPENED = 'This secret was destroyed unopened';
const heading = (name: string) => (page: Page) => page.getByRole('heading', { name });

const acts: Readonly<Record<string, Act>> = {
  'destroying a browser-sealed secret unread': {
    name: 'Destroy without opening',
    confirm: 'Destroy without opening',
    arrive: async ({ app, desk: page }) =>
      comeToOpen(page, (await sealInBrowser(app.url, { secret: 'x' })).link),
    done: heading(UNOPENED),
  },
  'destroying a server-sealed secret unread': {
    name: 'Destroy without opening',
    confirm: 'Destroy without opening',
    arrive: async ({ app, desk: page }) =>
      comeToOpen(page, (await sealOnServer(app.url, { secret: 'x' })).link),
    done: heading(UNOPENED),
  },
  'destroying a secret from its status page': {
    name: 'Destroy now',
    confirm: 'Destroy now',
    arrive: async ({ app, desk: page }) => {
      await page.goto((await sealInBrowser(app.url, { secret: 'x' })).statusLink);
    },
    done: heading('Destroyed by you'),
  },
  'destroying a secret from the dashboard': {
    name: 'Destroy …',
    confirm: 'Destroy “for the printer”',
    arrive: async ({ desk: page }) => {
      await startComposing(page);
      await fillIn(page, { secret: 'x', note: 'for the printer' });
      await createLink(page);
      await page.goto('/dashboard');
    },
    done: (page) => page.getByText(/^Destroyed by you/),
  },
  'taking a reply back': {
    name: 'Destroy now',
    confirm: 'Destroy now',
    arrive: async ({ desk: page }) => {
      await page.goto((await askFor(page, { question: 'A key, please.' })).link);
      await requestNames.freeReply(page).fill('here');
      await requestNames.send(page).click();
      await page.getByRole('link', { name: /take it back/ }).click();
    },
    done: heading('Taken back by you'),
  },
  'closing a request': {
    name: 'Close request',
    confirm: 'Close request',
    arrive: async ({ desk: page }) => {
      await page.goto((await askFor(page, { question: 'A key, please.' })).inbox);
    },
    done: (page) => page.getByText('Closed', { exact: true }),
  },
  'destroying a request': {
    name: 'Destroy request',
    confirm: 'Destroy it for good',
    arrive: async ({ desk: page }) => {
      await page.goto((await askFor(page, { question: 'A key, please.' })).inbox);
    },
    done: (page) => page.getByText('Ended, all is erased'),
  },
  'removing a member': {
    name: 'Remove Ben Member',
    confirm: 'Yes, remove this account',
    arrive: async ({ app, desk: page }) => {
      const ben = somebody('Ben Member');
      const invitation = await invite(page, ben.email);
      const theirs = await page.context().browser()?.newPage({ baseURL: app.url });
      if (theirs === undefined) throw new Error('There is no browser.');
      await acceptInvitation(theirs, invitation, ben);
      await theirs.context().close();
      await page.goto('/settings/members');
      await page.getByText('Manage Ben Member').click();
    },
    prove: ({ desk: page, owner }) =>
      page.getByLabel('Password', { exact: true }).fill(owner.password),
    done: (page) => page.getByText(/^Ben Member .* has no account here any more\.$/),
  },
};

for (const [title, { name, confirm, arrive, prove, done }] of Object.entries(acts)) {
  test(`${title} takes two deliberate presses: no double click, double tap or Enter held down does it`, async ({
    agency,
  }) => {
    const { desk: page } = agency;
    await arrive(agency);
    const asks = page.getByRole('button', { name, exact: true });
    // The innermost: what is folded away is a group, too.
    const question = page
      .getByRole('group')
      .filter({ has: page.getByRole('button', { name: confirm, exact: true }) })
      .last();
    const keep = question.getByRole('button').first();
    const does = question.getByRole('button', { name: confirm, exact: true });
    await expect
      .poll(
        () =>
          asks.evaluate((button) =>
            Object.keys(button).some((key) => key.startsWith('__reactProps')),
          ),
        'it is ready',
      )
      .toBe(true);
    const posted: string[] = [];
    // The vault is asked for whenever a page with it comes to the front.
    const isLook = await looksAtTheVault();
    page.on('request', (request) => {
      if (request.method() === 'POST' && !isLook(request)) posted.push(request.url());
    });

    const pressings = {
      'a double click': () => asks.dblclick(),
      'a double tap': async () => {
        const { x, y } = await centreOf(asks);
        await page.touchscreen.tap(x, y);
        await page.touchscreen.tap(x, y);
      },
      'Enter held down': async () => {
        await asks.focus();
        for (let times = 0; times < 30; times += 1) await page.keyboard.down('Enter');
        await page.keyboard.up('Enter');
      },
    };
    for (const [what, press] of Object.entries(pressings)) {
      const { x, y } = await centreOf(asks);
      await press();
      await expect(question, `${what} asks`).toBeFocused();
      const box = await does.boundingBox();
      const isUnder =
        box !== null &&
        box.x <= x &&
        x <= box.x + box.width &&
        box.y <= y &&
        y <= box.y + box.height;
      expect(isUnder, 'what does it lies where the finger is').toBe(false);
      expect(posted, what).toEqual([]);
      await keep.click();
      await expect(asks, 'the focus is where it was').toBeFocused();
    }

    await asks.click();
    await expectFits(page, title);
    await expect(does).toBeEnabled();
    expect(posted, 'nothing came later').toEqual([]);
    await expectAccessible(page, title);
    await prove?.(agency);
    await does.click();
    await expect(done(page).first()).toBeVisible();
  });
}

async function looksAtTheVault(): Promise<(request: Request) => boolean> {
  const { id } = (await readBuiltActions()).get('app/(account)/actions.ts readVaultShare') ?? {};
  return (request) => id !== undefined && request.headers()['next-action'] === id;
}

async function centreOf(button: Locator): Promise<{ x: number; y: number }> {
  await button.scrollIntoViewIfNeeded();
  const box = await button.boundingBox();
  if (box === null) throw new Error('The button is not shown.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('a press that comes too soon after the question does not count', async ({
  agency: { app, desk: page },
}) => {
  const { statusLink } = await sealInBrowser(app.url, { secret: 'x' });
  // Time stands still, so that the button never arms.
  await page.clock.install();
  await page.goto(statusLink);
  await takenOverByReact(page);
  const posted: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') posted.push(request.url());
  });
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000));
  await names.destroyNow(page).click();
  const does = page.getByRole('group').getByRole('button', { name: 'Destroy now' });
  await expect(does).toBeDisabled();
  await does.click({ force: true });
  await expect(does, 'it asks still').toBeDisabled();
  expect(posted).toEqual([]);
  await page.clock.resume();
  await does.click();
  await expect(names.heading(page)).toHaveText('Destroyed by you');
});

test('Open secret and Destroy without opening are at least 44 px high and that far apart', async ({
  agency: { app, desk: page },
}) => {
  for (const make of [sealInBrowser, sealOnServer]) {
    await comeToOpen(page, (await make(app.url, { secret: 'x' })).link);
    const [open, destroy] = [
      await names.open(page).boundingBox(),
      await names.destroy(page).boundingBox(),
    ];
    if (open === null || destroy === null) throw new Error('A button is not shown.');
    expect(open.height).toBeGreaterThanOrEqual(44);
    expect(destroy.height).toBeGreaterThanOrEqual(44);
    expect(destroy.y - (open.y + open.height)).toBeGreaterThanOrEqual(44);
  }
});
