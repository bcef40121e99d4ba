import type { BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import type { RunningApp } from '@/tests/support/app';
import {
  acceptInvitation,
  invite,
  makeRecoveryLink,
  signUpOwner,
  somebody,
  type Person,
} from '../support/accounts';
import { findPages } from '../support/app-surface';
import { canary } from '../support/canary';
import { startOwnApp } from '../support/own-app';
import { askFor, requestNames } from '../support/requests';
import { sealInBrowser, sealOnServer } from '../support/seal-over-http';
import { names } from '../support/steps';
import { expect, test as base } from '../support/test';

/** What becomes of the page's script files. */
type Scripts = 'off' | 'blocked' | 'late';

interface FormPage {
  readonly path: string;
  readonly isSignedIn: boolean;
  /** What is there, in a house without mail and with an owner, works without a script. */
  readonly needsNone?: true;
  /** What the page says beforehand where, without JavaScript, the server is meant to read all. */
  readonly readByServer?: RegExp;
}

interface Site {
  readonly app: RunningApp;
  /** By the file of the page. */
  readonly pages: Readonly<Record<string, FormPage>>;
  /** A browser of somebody's own, signed in or not. Nothing watches it: its scripts fail on purpose. */
  readonly browse: (options: {
    readonly scripts: Scripts;
    readonly isSignedIn: boolean;
  }) => Promise<Browsing>;
}

interface Browsing {
  readonly page: Page;
  /** Everything that was sent: addresses and bodies. */
  readonly sent: string[];
  /** Lets scripts through that were late. */
  readonly arrive: () => void;
}

const test = base.extend<object, { site: Site }>({
  site: [
    async ({ browser }, use) => {
      const app = await startOwnApp();
      const contexts: BrowserContext[] = [];
      const open = async (options: BrowserContextOptions = {}) => {
        const context = await browser.newContext({ baseURL: app.url, ...options });
        contexts.push(context);
        return context;
      };
      const desk = await (await open()).newPage();
      const owner = somebody('Olivia Owner');
      await signUpOwner(desk, owner);
      const pages = await pagesOf(app.url, { desk, owner }, await (await open()).newPage());
      const session = await desk.context().storageState();
      await use({
        app,
        pages,
        browse: async ({ scripts, isSignedIn }) => {
          const context = await open({
            javaScriptEnabled: scripts !== 'off',
            ...(isSignedIn ? { storageState: session } : {}),
          });
          return { page: await context.newPage(), ...(await watch(context, scripts)) };
        },
      });
      await Promise.all(contexts.map((context) => context.close()));
      await app.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

// In one worker, or each would start an app of its own.
test.describe.configure({ mode: 'default', timeout: 240_000 });

/** Every page there is, at an address at which it shows its form. */
async function pagesOf(
  origin: string,
  { desk, owner }: { readonly desk: Page; readonly owner: Person },
  other: Page,
): Promise<Site['pages']> {
  const [server, browser] = [
    await sealOnServer(origin, { secret: 'waits', passphrase: 'correct horse' }),
    await sealInBrowser(origin, { secret: 'waits', passphrase: 'correct horse' }),
  ];
  const member = somebody('Ben Member');
  await acceptInvitation(other, await invite(desk, member.email), member);
  const recovery = await makeRecoveryLink(desk, member, owner);
  const invitation = await invite(desk, somebody().email);
  const { link, inbox } = await askFor(desk, {
    question: 'The login?',
    template: 'Website login',
    repliesAllowed: 9,
  });

  const pathOf = (address: string) => address.replace(origin, '');
  const visitor = (path: string, readByServer?: RegExp): FormPage => ({
    path: pathOf(path),
    isSignedIn: false,
    ...(readByServer && { readByServer }),
  });
  const calm = (path: string): FormPage => ({ ...visitor(path), needsNone: true });
  const staff = (path: string): FormPage => ({ path: pathOf(path), isSignedIn: true });
  const secret = /Without JavaScript the server encrypts your secret/;
  return {
    // Its form has no box: an unknown link will do.
    'app/(account)/email/[token]/page.tsx': calm(`/email/${'A'.repeat(43)}`),
    'app/(account)/invitation/[token]/page.tsx': visitor(invitation),
    'app/(account)/recover/[token]/page.tsx': visitor(recovery),
    'app/(account)/recover/page.tsx': calm('/recover'),
    'app/(account)/sign-in/page.tsx': visitor('/sign-in'),
    'app/(account)/sign-up/page.tsx': calm('/sign-up'),
    'app/(site)/docs/api/page.tsx': calm('/docs/api'),
    'app/(site)/how-it-works/page.tsx': calm('/how-it-works'),
    'app/(site)/page.tsx': visitor('/', secret),
    'app/(site)/s/[token]/page.tsx': calm(server.statusLink),
    'app/(staff)/dashboard/page.tsx': { ...staff('/dashboard'), needsNone: true },
    'app/(staff)/requests/[id]/page.tsx': staff(inbox),
    'app/(staff)/requests/new/page.tsx': staff('/requests/new'),
    // For the only owner it has no form.
    'app/(staff)/settings/delete/page.tsx': { ...staff('/settings/delete'), needsNone: true },
    'app/(staff)/settings/members/page.tsx': staff('/settings/members'),
    'app/(staff)/settings/page.tsx': staff('/settings'),
    'app/(staff)/settings/policies/page.tsx': staff('/settings/policies'),
    'app/(staff)/settings/security/page.tsx': staff('/settings/security'),
    'app/(staff)/settings/security/recovery-code/page.tsx': staff(
      '/settings/security/recovery-code',
    ),
    'app/(staff)/settings/security/second-factor/page.tsx': staff(
      '/settings/security/second-factor',
    ),
    'app/m/[token]/page.tsx': visitor(browser.link),
    'app/r/[token]/page.tsx': visitor(link, /Without JavaScript the server encrypts what you send/),
  };
}

async function watch(
  context: BrowserContext,
  scripts: Scripts,
): Promise<Pick<Browsing, 'sent' | 'arrive'>> {
  const sent: string[] = [];
  context.on('request', (request) => {
    sent.push(`${request.url()}\n${request.postDataBuffer()?.toString() ?? ''}`);
  });
  // Not the one that chooses the theme: a page is blank before that is there, and nobody types.
  const isScript = ({ pathname }: URL) =>
    pathname.startsWith('/_next/') && pathname.endsWith('.js');
  let arrive: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  if (scripts === 'blocked') await context.route(isScript, (route) => route.abort());
  if (scripts === 'late') {
    await context.route(isScript, async (route) => {
      await arrived;
      await route.continue();
    });
  }
  return { sent, arrive };
}

/** Types something unmistakable into every box of the page. */
async function typeEverywhere(page: Page): Promise<string[]> {
  const boxes = page.locator(
    'textarea, input:is(:not([type]), [type=text], [type=password], [type=email], [type=url])',
  );
  const typed: string[] = [];
  for (const box of await boxes.all()) {
    if (!(await box.isVisible()) || !(await box.isEditable())) continue;
    const text = canary('typed');
    await box.fill(text);
    typed.push(text);
  }
  return typed;
}

/** Presses everything that might send, in every way there is. */
async function sendByAllMeans(page: Page): Promise<void> {
  const anyway = { force: true, noWaitAfter: true, timeout: 500 };
  for (const box of await page.locator('input:visible:not([type=hidden])').all()) {
    await box.press('Enter', { timeout: 500 }).catch(() => undefined);
  }
  for (const button of await page.locator('main form button:visible').all()) {
    await button.click(anyway).catch(() => undefined);
  }
  // A press may have led to another page, which may still be on its way.
  await expect(() =>
    page.evaluate(() => {
      for (const form of document.forms) {
        form.requestSubmit();
        form.submit();
      }
    }),
  ).toPass();
  await page.waitForLoadState('domcontentloaded');
}

const leaks = (sent: readonly string[], typed: readonly string[]) =>
  sent.filter((request) => typed.some((text) => request.includes(text)));

test('every page is in the table of forms', async ({ site }) => {
  const pages = (await findPages()).filter((file) => file.endsWith('/page.tsx'));
  expect(Object.keys(site.pages).toSorted()).toEqual(pages);
});

/** Gives how many boxes were tried. */
async function expectNothingSent(
  site: Site,
  file: string,
  scripts: 'blocked' | 'late',
): Promise<number> {
  const { path, isSignedIn, needsNone } = site.pages[file] ?? { path: '', isSignedIn: false };
  const { page, sent, arrive } = await site.browse({ scripts, isSignedIn });
  await page.goto(path, { waitUntil: 'commit' });
  await expect(page.locator('main')).toBeVisible();
  const late = page.locator('main .form-late');
  if (needsNone) await expect(late, file).toHaveCount(0);
  else await expect(late.first(), `${file}: words for whom it keeps waiting`).toBeAttached();
  const typed = await typeEverywhere(page);
  await sendByAllMeans(page);
  expect(leaks(sent, typed), `${file}: what left the browser`).toEqual([]);
  if (typed.length > 0) {
    const expectKept = async () => {
      const controls = page.locator('textarea, input');
      const values = await controls.evaluateAll((found) =>
        found.map((control) => (control as HTMLInputElement).value),
      );
      expect(values, file).toEqual(expect.arrayContaining(typed));
    };
    const waits = page.getByRole('button', { name: 'Getting ready …' });
    await expect(waits.first(), file).toBeDisabled();
    await expectKept();
    arrive();
    if (scripts === 'late') {
      await expect(waits, file).toHaveCount(0);
      await expectKept();
    }
  }
  await page.context().close();
  return typed.length;
}

test('until its scripts have come a browser sends nothing that is typed, from any page, and keeps it', async ({
  site,
}) => {
  let boxes = 0;
  for (const file of Object.keys(site.pages)) {
    await test.step(file, async () => {
      boxes += await expectNothingSent(site, file, 'late');
    });
  }
  expect(boxes, 'boxes that were tried').toBeGreaterThan(10);
});

test('nor does one whose scripts never come, on compose, on reply and at sign-in', async ({
  site,
}) => {
  for (const file of [
    'app/(site)/page.tsx',
    'app/r/[token]/page.tsx',
    'app/(account)/sign-in/page.tsx',
  ]) {
    expect(await expectNothingSent(site, file, 'blocked')).toBeGreaterThan(0);
  }
});

test('without JavaScript what is typed goes out where the page said before that the server encrypts, and nowhere else', async ({
  site,
}) => {
  const posted: string[] = [];
  for (const [file, { path, isSignedIn, needsNone, readByServer }] of Object.entries(site.pages)) {
    await test.step(file, async () => {
      const { page, sent } = await site.browse({ scripts: 'off', isSignedIn });
      await page.goto(path);
      if (readByServer) await expect(page.getByText(readByServer), file).toBeVisible();
      else if (!needsNone) {
        // As an expression: Playwright looks for other texts outside of `<noscript>` only.
        await expect(page.getByText(/ needs? JavaScript$/).first(), file).toBeVisible();
      }
      const typed = await typeEverywhere(page);
      await sendByAllMeans(page);
      if (leaks(sent, typed).length > 0) posted.push(file);
      await page.context().close();
    });
  }
  expect(posted).toEqual(
    Object.entries(site.pages).flatMap(([file, { readByServer }]) => (readByServer ? [file] : [])),
  );
});

test('what was typed before the script came is sealed here, on compose and on reply', async ({
  site,
}) => {
  const { page, sent, arrive } = await site.browse({ scripts: 'late', isSignedIn: false });
  const [secret, answer] = [canary('secret'), canary('answer')];
  await page.goto('/', { waitUntil: 'commit' });
  await names.secret(page).fill(secret);
  await expect(page.getByText('has not arrived yet')).toBeVisible();
  arrive();
  await names.create(page).click();
  await expect(names.link(page)).toHaveValue(/#/);

  const client = await site.browse({ scripts: 'late', isSignedIn: false });
  const reply = site.pages['app/r/[token]/page.tsx'];
  await client.page.goto(reply?.path ?? '', { waitUntil: 'commit' });
  await client.page.getByRole('textbox', { name: 'Password' }).fill(answer);
  client.arrive();
  await requestNames.send(client.page).click();
  await expect(client.page.getByText('You left Address and User name empty')).toBeVisible();
  await client.page.getByRole('button', { name: 'Send anyway' }).click();
  await expect(client.page.getByRole('heading', { name: 'Sent', level: 1 })).toBeVisible();
  expect(leaks([...sent, ...client.sent], [secret, answer])).toEqual([]);
});
