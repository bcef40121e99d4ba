import type { Page } from '@playwright/test';
import { sealInBrowser, sealOnServer } from '../support/seal-over-http';
import {
  createLink,
  fillIn,
  names,
  startComposing,
  type Composed,
  pressTwice,
} from '../support/steps';
import { expect, test } from '../support/test';
import { spendServerTries } from '../support/wrong-passphrases';

const MARKUP = '\uFEFF<script>alert(1)</script>\n\t"quotes" & \\ü – 秘密 🔑\n  indented  ';

test('a secret is sent and opened once, letter by letter', async ({
  page,
  anotherPerson,
  watch,
}) => {
  watch.allowStatus(410);
  const { link, statusLink } = await send(page, { secret: MARKUP });
  await expect(page.getByText('The link opens without JavaScript')).toBeVisible();
  await expect(page.getByText('It can be opened once until').getByRole('time')).toBeVisible();
  await expect(names.copyLink(page)).toBeHidden();

  const recipient = await anotherPerson();
  await recipient.goto(link);
  await names.show(recipient).check();
  await names.open(recipient).click();
  await expect(names.opened(recipient)).toBeVisible();
  expect(await names.opened(recipient).textContent()).toBe(MARKUP);
  await expect(recipient.getByText('This was the only copy')).toBeVisible();

  const late = await anotherPerson();
  await late.goto(link);
  await expect(names.heading(late)).toHaveText('This secret was opened already');
  await expect(late.getByText('If that was not you, tell the sender')).toBeVisible();
  await page.goto(statusLink);
  await expect(names.heading(page)).toHaveText('Opened');
});

test('the box must be ticked before anything is opened', async ({ page, origin }) => {
  const { link } = await sealOnServer(origin, { secret: 'behind a box' });
  await page.goto(link);
  await expect(names.show(page)).not.toBeChecked();
  await expect(names.show(page)).toHaveAttribute('required', '');
  await names.open(page).click();
  await expect(names.open(page), 'the browser does not post the form').toBeVisible();
  expect(await page.content()).not.toContain('behind a box');

  await names.show(page).check();
  await names.open(page).click();
  await expect(names.opened(page)).toHaveText('behind a box');
});

test('a passphrase opens what it sealed, and is sent another way than the link', async ({
  page,
  anotherPerson,
}) => {
  const passphrase = 'Crème brûlée 7';
  const { link } = await send(page, { secret: 'locked', passphrase });
  await expect(page.getByText('Send the passphrase another way than the link')).toBeVisible();
  expect(await page.content()).not.toContain(passphrase);

  const recipient = await anotherPerson();
  await recipient.goto(link);
  await names.passphrase(recipient).fill(passphrase.normalize('NFD'));
  await names.show(recipient).check();
  await names.open(recipient).click();
  await expect(names.opened(recipient)).toHaveText('locked');
});

test('a wrong passphrase costs one try, and the right one opens afterwards', async ({
  page,
  origin,
  watch,
}) => {
  watch.allowStatus(400);
  const { link } = await sealOnServer(origin, { secret: 'locked', passphrase: 'right' });
  await page.goto(link);
  await names.passphrase(page).fill('wrong');
  await names.show(page).check();
  await names.open(page).click();
  await expect(names.passphrase(page)).toHaveAccessibleDescription(/9 tries are left/);
  expect(await page.content(), 'what was typed is not sent back').not.toContain('value="wrong"');

  await names.passphrase(page).fill('right');
  await names.show(page).check();
  await names.open(page).click();
  await expect(names.opened(page)).toHaveText('locked');
});

test('the tenth wrong passphrase destroys the secret', async ({ page, origin, watch }) => {
  watch.allowStatus(400, 410);
  const { link, statusLink } = await sealOnServer(origin, {
    secret: 'locked',
    passphrase: 'right',
  });
  await spendServerTries(link, 9);
  await page.goto(link);
  await names.passphrase(page).fill('wrong');
  await names.show(page).check();
  await names.open(page).click();
  await expect(names.heading(page)).toHaveText('This secret was destroyed');
  await page.goto(statusLink);
  await expect(names.heading(page)).toHaveText('Destroyed after wrong passphrases');
});

test('the recipient destroys a secret unread, without ticking the box', async ({
  page,
  origin,
  watch,
}) => {
  watch.allowStatus(410);
  const { link, statusLink } = await sealOnServer(origin, { secret: 'unread', passphrase: 'p' });
  await page.goto(link);
  await pressTwice(page, 'Destroy without opening');
  await expect(names.heading(page)).toHaveText('This secret was destroyed unopened');
  await page.goto(link);
  await expect(names.heading(page)).toHaveText('This secret was destroyed unopened');
  await page.goto(statusLink);
  await expect(names.heading(page)).toHaveText('Destroyed by the recipient');
});

test('the sender destroys a secret from its status page', async ({
  page,
  anotherPerson,
  watch,
}) => {
  watch.allowStatus(410);
  const { link } = await send(page, { secret: 'taken back', note: '<i>for Ada</i>' });
  const opening = page.waitForEvent('popup');
  await names.track(page).click();
  const tracking = await opening;
  await expect(names.link(page), 'the page of the link is still there').toHaveValue(link);
  await expect(names.heading(tracking)).toHaveText('Waiting to be opened');
  await expect(tracking.getByText('<i>for Ada</i>', { exact: true })).toBeVisible();
  await pressTwice(tracking, 'Destroy now');
  await expect(names.heading(tracking)).toHaveText('Destroyed by you');

  const recipient = await anotherPerson();
  await recipient.goto(link);
  await expect(names.heading(recipient)).toHaveText('The sender destroyed this secret');
  expect(await recipient.content()).not.toContain('for Ada');
});

test('a browser-sealed link says that it needs JavaScript, and burns nothing', async ({
  page,
  anotherPerson,
  origin,
}) => {
  const { link } = await sealInBrowser(origin, { secret: 'for a browser' });
  await page.goto(link);
  await expect(names.heading(page)).toHaveText('This link needs JavaScript');
  const explanation = page.getByRole('paragraph').filter({ hasText: 'Nothing was opened' });
  await expect(explanation).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(0);

  const scripted = await anotherPerson({ javaScriptEnabled: true });
  await scripted.goto(link);
  await names.open(scripted).click();
  await expect(names.opened(scripted)).toHaveText('for a browser');
});

test('errors stand by their fields, and what is no secret stays typed', async ({ page, watch }) => {
  watch.allowStatus(400);
  await startComposing(page, { withScript: false });
  await fillIn(page, { secret: '   ', note: 'kept note', expiresAfter: '3 days' });
  await names.passphrase(page).fill('x'.repeat(257));
  await names.create(page).click();
  await expect(names.secret(page)).toHaveAccessibleDescription(/Write the secret first/);
  await expect(names.secret(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(names.passphrase(page)).toHaveAccessibleDescription(/too long/);
  await expect(names.expiresAfter(page)).toHaveValue('3d');
  await expect(names.passphrase(page), 'a passphrase is never sent back').toHaveValue('');
  await names.moreOptions(page).click();
  await expect(names.note(page)).toHaveValue('kept note');
});

test('a secret that is too large is refused in words, and a smaller one goes through', async ({
  page,
  watch,
}) => {
  watch.allowStatus(400, 413);
  await startComposing(page, { withScript: false });
  await names.secret(page).fill('x'.repeat(1_048_577));
  await names.create(page).click();
  await expect(names.secret(page)).toHaveAccessibleDescription(/too large/);
  expect((await page.content()).length, 'it is not sent back').toBeLessThan(200_000);

  await names.secret(page).fill('y'.repeat(1_048_576));
  await createLink(page);
});

test('a secret beyond what the server reads at all is refused in words too', async ({
  page,
  watch,
}) => {
  watch.allowStatus(413);
  await startComposing(page, { withScript: false });
  await names.secret(page).fill('x'.repeat(4_000_000));
  await names.create(page).click();
  await expect(page.getByText('up to 1 MiB of text')).toBeVisible();
});

test('Send another works', async ({ page }) => {
  await send(page, { secret: 'first' });
  await names.another(page).click();
  await expect(names.secret(page)).toHaveValue('');
  await expect(names.heading(page)).toHaveText('Send a secret');
});

async function send(page: Page, composed: Composed) {
  await startComposing(page, { withScript: false });
  await fillIn(page, composed);
  return createLink(page);
}
