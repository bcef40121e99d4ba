import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { pasted } from '../support/clipboard';
import { tabTo } from '../support/keyboard';
import { expectFits, expectFocusShows } from '../support/layout';
import { sealInBrowser, sealOnServer } from '../support/seal-over-http';
import {
  comeToOpen,
  names,
  openSecret,
  sendSecret,
  startComposing,
  pressTwice,
} from '../support/steps';
import { expect, test } from '../support/test';

const LONG = `${'unbroken'.repeat(60)}\n${'a word '.repeat(80)}`;

/** Every page in the states in which people meet it. */
const pages: Record<string, (page: Page, origin: string) => Promise<void>> = {
  compose: async (page) => {
    await startComposing(page);
    await names.moreOptions(page).click();
    await names.generate(page).click();
    await expect(names.passphrase(page)).not.toBeEmpty();
  },
  'compose, refused': async (page) => {
    await startComposing(page);
    await names.passphrase(page).fill('x'.repeat(300));
    await names.create(page).click();
    await expect(names.secret(page)).toHaveAccessibleDescription(/Write the secret first/);
  },
  'compose, fields': async (page) => {
    await startComposing(page);
    await page.getByRole('combobox', { name: 'What to send' }).selectOption('Own fields');
    await page.getByRole('textbox', { name: 'Field 1' }).fill('without a label');
    await page.getByRole('button', { name: 'Add a field' }).click();
    await names.create(page).click();
    await expect(page.getByText('Give this field a label')).toBeVisible();
  },
  result: async (page) => {
    await sendSecret(page, { secret: LONG, passphrase: 'a passphrase' });
    await page.getByText('Show QR code').click();
    await expect(page.getByRole('img', { name: 'QR code of the secret link' })).toBeVisible();
  },
  open: async (page, origin) => {
    const { link } = await sealInBrowser(origin, { secret: LONG, passphrase: 'a passphrase' });
    await comeToOpen(page, link);
  },
  'open, refused': async (page, origin) => {
    const { link } = await sealOnServer(origin, { secret: LONG, passphrase: 'a passphrase' });
    await openSecret(page, link, 'another');
    await expect(names.passphrase(page)).toHaveAccessibleDescription(/not the right passphrase/);
  },
  opened: async (page, origin) => {
    const { link } = await sealInBrowser(origin, { secret: LONG });
    await openSecret(page, link);
    await expect(names.opened(page)).toBeVisible();
  },
  'opened, fields': async (page, origin) => {
    const { link } = await sealInBrowser(origin, {
      secret: (['text', 'password', 'url', 'multiline'] as const).map((kind) => ({
        kind,
        label: LONG.slice(0, 100),
        value: kind === 'url' ? 'https://example.com/' : LONG,
      })),
    });
    await openSecret(page, link);
    await expect(names.opened(page)).toBeVisible();
    await page.getByRole('button', { name: 'Show' }).click();
  },
  ended: async (page, origin) => {
    const { link } = await sealOnServer(origin, { secret: 'x' });
    await comeToOpen(page, link);
    await pressTwice(page, 'Destroy without opening');
    await expect(names.heading(page)).toHaveText('This secret was destroyed unopened');
  },
  unknown: async (page, origin) => {
    await page.goto(`${origin}/m/nothing-that-there-ever-was-a-link-to`);
    await expect(names.heading(page)).toHaveText('This link is incomplete');
  },
  'no such page': async (page, origin) => {
    await page.goto(`${origin}/nothing`);
    await expect(names.heading(page)).toHaveText('There is no page at this address');
  },
  status: async (page, origin) => {
    const { statusLink } = await sealInBrowser(origin, { secret: 'x', note: LONG.slice(0, 200) });
    await page.goto(statusLink);
    await expect(names.destroyNow(page)).toBeVisible();
  },
  'the public interface': async (page) => {
    await page.goto('/docs/api');
    await expect(names.heading(page)).toBeVisible();
  },
  'how it works': async (page) => {
    await page.goto('/how-it-works');
    await expect(names.heading(page)).toBeVisible();
  },
};

/** Where staff and clients come to, and are not known yet. */
const doors: Record<string, (page: Page) => Promise<void>> = {
  'sign in, refused': async (page) => {
    await page.goto('/sign-in');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('nobody@example.org');
    await page.getByLabel('Password', { exact: true }).fill('not their password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByText('E-mail address and password')).toBeVisible();
  },
  'sign up, refused': async (page) => {
    await page.goto('/sign-up');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('nobody');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  },
  recovery: async (page) => {
    await page.goto('/recover');
    await expect(names.heading(page)).toBeVisible();
  },
  'a link to nothing': async (page) => {
    for (const path of ['/invitation/nothing', '/recover/nothing', '/r/nothing', '/s/nothing']) {
      await page.goto(path);
      await expect(names.heading(page)).toBeVisible();
      await expectAccessible(page, path);
    }
  },
};

test('every state of every page: free of what axe finds, small enough for a phone, large enough for a thumb', async ({
  page,
  origin,
  watch,
}) => {
  test.setTimeout(180_000);
  watch.allowStatus(400, 401, 404);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const [name, arrange] of Object.entries({ ...pages, ...doors })) {
    await test.step(name, async () => {
      await arrange(page, origin);
      await expectFits(page, name);
      await expectFocusShows(page, name);
      await expectAccessible(page, name);
    });
  }
});

test('a secret is sent and opened with the keyboard alone', async ({ page, anotherPerson }) => {
  await startComposing(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, 'Your secret');
  await page.keyboard.type('typed by hand');
  await tabTo(page, 'Expires after');
  await page.keyboard.type('1 hour');
  await expect(names.expiresAfter(page)).toHaveValue('1h');
  await tabTo(page, 'Create secret link');
  await page.keyboard.press('Enter');
  await expect(names.heading(page)).toBeFocused();
  await tabTo(page, 'Copy link');
  await page.keyboard.press('Space');
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  const link = await pasted(page.context());

  const recipient = await anotherPerson();
  await comeToOpen(recipient, link);
  await tabTo(recipient, 'Open secret');
  await recipient.keyboard.press('Enter');
  await expect(names.opened(recipient)).toHaveText('typed by hand');
  await expect(names.heading(recipient)).toBeFocused();
  await tabTo(recipient, 'Hide');
  await recipient.keyboard.press('Enter');
  await expect(recipient.getByRole('button', { name: 'Show', exact: true })).toBeFocused();
  await tabTo(recipient, 'Delete from this page');
  await recipient.keyboard.press('Enter');
  await tabTo(recipient, 'Delete from this page');
  await recipient.keyboard.press('Enter');
  await expect(names.heading(recipient)).toHaveText('The secret is not here any more');
});

test('the Enter key in the passphrase field opens, and never destroys', async ({
  page,
  origin,
}) => {
  for (const make of [sealInBrowser, sealOnServer]) {
    const { link } = await make(origin, { secret: 'entered', passphrase: 'a passphrase' });
    await comeToOpen(page, link);
    await names.passphrase(page).fill('a passphrase');
    await names.passphrase(page).press('Enter');
    await expect(names.opened(page)).toHaveText('entered');
  }
});

test('an error on the compose form is announced, tied to its field, and keeps what was typed', async ({
  page,
}) => {
  await startComposing(page);
  await names.passphrase(page).fill('kept words');
  await names.create(page).click();
  await expect(names.secret(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(names.secret(page)).toBeFocused();
  await expect(names.secret(page)).toHaveAccessibleDescription(/Write the secret first/);
  const announced = page.locator('[aria-live]').filter({ hasText: 'Write the secret first' });
  await expect(announced).toBeVisible();
  await expect(names.passphrase(page)).toHaveValue('kept words');
});

test('a secret that is too large is refused before it is sent, with its size, and stays', async ({
  page,
}) => {
  await startComposing(page);
  await names.secret(page).fill('é'.repeat(524_289));
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.method()));
  await names.create(page).click();
  await expect(names.secret(page)).toHaveAccessibleDescription(/too large: it has/);
  expect(sent).not.toContain('POST');
  expect((await names.secret(page).inputValue()).length).toBe(524_289);
});
