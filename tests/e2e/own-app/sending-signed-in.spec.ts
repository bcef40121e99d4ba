import type { Locator, Page } from '@playwright/test';
import { invite, somebody } from '../support/accounts';
import { expect, test } from '../support/agency';
import { readBuiltActions } from '../support/app-surface';
import { expectAccessible } from '../support/axe';
import { canary } from '../support/canary';
import { postForm, readPostForm } from '../support/html-forms';
import { tabTo } from '../support/keyboard';
import { expectFits, shiftsOf } from '../support/layout';
import { askFor, requestFields } from '../support/requests';
import { callWithForm } from '../support/server-actions';
import { acceptOverHttp, headersOf, type HttpStaff } from '../support/staff-over-http';
import {
  comeToOpen,
  createLink,
  fillIn,
  names,
  openSecret,
  startComposing,
} from '../support/steps';

// In one worker, or each would start an app and make accounts of its own.
test.describe.configure({ mode: 'default' });

let member: HttpStaff;
test.beforeAll(async ({ agency: { desk, watch } }) => {
  // What is refused below, and what has ended.
  watch.allowStatus(400, 401, 403, 410);
  await desk.setViewportSize({ width: 320, height: 640 });
  const { email } = somebody();
  member = await acceptOverHttp(await invite(desk, email), email);
});
test.afterAll(async ({ agency: { desk } }) => {
  await desk.setViewportSize({ width: 1280, height: 720 });
});

const row = (page: Page, label: string): Locator =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name: label }) });

test('several recipients get a link each, and the sender sees what became of each', async ({
  agency: { device, desk: owner },
}) => {
  const [secret, note] = [canary('secret'), canary('note')];
  const [nameOfAda, nameOfGrace] = [canary('Ada'), canary('Grace')];
  await startComposing(owner);
  await fillIn(owner, { secret, note });
  await tabTo(owner, 'Recipients');
  await owner.keyboard.type(`${nameOfAda}\n${nameOfGrace}`);
  await expectFits(owner, 'compose, signed in');
  await expectAccessible(owner, 'compose, signed in');
  await tabTo(owner, 'Create secret link');
  await owner.keyboard.press('Enter');
  await expect(names.heading(owner)).toHaveText('Your 2 links are ready');
  await expectFits(owner, 'several links');
  await expectAccessible(owner, 'several links');
  const links = owner.getByRole('textbox', { name: 'Secret link' });
  const [ofAda, ofGrace] = [await links.nth(0).inputValue(), await links.nth(1).inputValue()];
  expect(ofAda).not.toBe(ofGrace);
  await expect(owner.getByRole('button', { name: `Copy link for ${nameOfGrace}` })).toBeVisible();

  const ada = await device();
  await openSecret(ada, ofAda);
  await expect(names.opened(ada)).toHaveText(secret);

  await owner.goto('/dashboard');
  await expect(row(owner, nameOfAda).getByText(/^Opened /)).toBeVisible();
  await expect(row(owner, nameOfGrace).getByText('Waiting to be opened')).toBeVisible();
  await expect(row(owner, nameOfGrace).getByText(note)).toBeVisible();

  await tabTo(owner, 'Destroy …');
  await owner.keyboard.press('Enter');
  await tabTo(owner, `Destroy “${nameOfGrace}”`);
  await owner.keyboard.press('Enter');
  await expect(row(owner, nameOfGrace).getByText(/^Destroyed by you/)).toBeFocused();
  const grace = await device();
  await grace.goto(ofGrace);
  await expect(names.heading(grace)).toHaveText('The sender destroyed this secret');
});

test('one who is entered twice gets one link, in their name', async ({
  agency: { device, desk: owner },
}) => {
  const name = canary('Anna');
  await startComposing(owner);
  await fillIn(owner, { secret: 'for her alone', note: 'named' });
  await tabTo(owner, 'Recipients');
  await owner.keyboard.type(`${name}\n${name}`);
  const { link } = await createLink(owner);
  await expect(names.heading(owner)).toHaveText('Your link is ready');
  await expect(owner.getByText(`It is for ${name}.`)).toBeVisible();
  await owner.goto('/dashboard');
  await expect(row(owner, name)).toHaveCount(1);
  const recipient = await device();
  await openSecret(recipient, link);
  await expect(names.opened(recipient)).toHaveText('for her alone');
  await expect(recipient.getByText(name)).toHaveCount(0);
});

test('the dashboard has what one sent and asked for, and neither links nor what others sent', async ({
  agency: { app, device, desk: owner },
}) => {
  const [label, question] = [canary('label'), canary('question')];
  await startComposing(owner);
  await fillIn(owner, {
    secret: 'behind a passphrase',
    passphrase: 'right words',
    note: label,
    expiresAfter: '1 hour',
    encrypt: 'on the server, so the link opens without JavaScript',
  });
  const { link } = await createLink(owner);
  const guesser = await device();
  await openSecret(guesser, link, 'wrong words');
  await expect(names.passphrase(guesser)).toHaveAccessibleDescription(/9 tries are left/);
  const asked = await askFor(owner, { question });

  await owner.goto('/dashboard');
  const labels = owner.getByRole('article').getByRole('heading');
  await expect(labels.first(), 'the newest is the first').toHaveText(question);
  await expect(labels.nth(1)).toHaveText(label);
  const sent = row(owner, label);
  await expect(sent.getByText('encrypted on the server')).toBeVisible();
  await expect(sent.getByText('Wrong passphrases: 1 of 10')).toBeVisible();
  await expect(sent.getByText(/^Expires /)).toBeVisible();
  await expect(row(owner, question).getByText('Waiting for a reply')).toBeVisible();
  await expectFits(owner, 'dashboard');
  await expectAccessible(owner, 'dashboard');
  const html = await owner.content();
  for (const whole of [link, asked.link]) expect(html).not.toContain(new URL(whole).pathname);

  await owner.getByRole('link', { name: 'Requests', exact: true }).click();
  await expect(row(owner, question)).toBeVisible();
  await expect(row(owner, label)).toHaveCount(0);

  const ofMember = await fetch(`${app.url}/dashboard`, { headers: headersOf(app.url, member) });
  const text = await ofMember.text();
  expect(ofMember.status).toBe(200);
  expect(text).not.toContain(label);
  expect(text).not.toContain(question);
});

test('what the owner decides about sending holds for everybody, with and without a script', async ({
  agency: { app, device, desk: owner },
}) => {
  const before = readPostForm(await (await fetch(`${app.url}/`)).text(), `${app.url}/`);
  const visitor = await device();
  await startComposing(visitor);

  await owner.goto('/settings/policies');
  await owner.getByRole('radio', { name: 'Members only' }).check();
  await owner.getByRole('combobox', { name: 'Longest expiry' }).selectOption('1 day');
  await owner.getByRole('checkbox', { name: 'Require a passphrase' }).check();
  await owner.getByRole('button', { name: 'Save policies' }).click();
  await expect(owner.getByText('Saved.')).toBeVisible();

  // A page from before is refused, and keeps what was typed; a new one says so at once.
  await fillIn(visitor, { secret: 'of a visitor', expiresAfter: '1 hour' });
  await names.create(visitor).click();
  await expect(visitor.getByRole('alert').getByText('Sign in first')).toBeVisible();
  await expect(names.secret(visitor)).toHaveValue('of a visitor');
  await expectSaidToVisitors(await device({ javaScriptEnabled: false }));
  const another = await device();
  await expectSaidToVisitors(another);
  await expect(another.getByRole('status').getByText('Sign in to send a secret')).toBeVisible();
  expect(await shiftsOf(another), 'nothing moves for a visitor').toBe(0);
  expect(new URL(another.url()).pathname).toBe('/');
  // Staff were signed in here lately, and are no more.
  const stale = await device();
  await stale.addInitScript(() => localStorage.setItem('staff', ''));
  await expectSaidToVisitors(stale);
  const printed = readPostForm(await (await fetch(`${app.url}/`)).text(), `${app.url}/`);
  for (const form of [before, printed]) {
    const posted = await postForm(form, { secret: 'of a visitor', expiresIn: '1h' });
    expect(posted.status).toBe(401);
    expect(await posted.text()).toContain('Sign in first');
  }

  const asMember = { headers: headersOf(app.url, member) };
  const refusedFor = async (fields: Record<string, string>) =>
    (await postForm(printed, { secret: 'of a member', ...fields }, asMember)).text();
  expect(await refusedFor({ expiresIn: '7d', passphrase: 'p' })).toContain('Choose a shorter time');
  expect(await refusedFor({ expiresIn: '1h' })).toContain(
    'wants every secret to have a passphrase',
  );
  const sent = { expiresIn: '1d', passphrase: 'some words' };
  expect(await refusedFor(sent)).toContain(`${app.url}/m/`);

  await startComposing(owner);
  await expect(owner.getByRole('navigation', { name: 'Staff' })).toBeVisible();
  await expect(owner.getByText('Sign in to send a secret')).toHaveCount(0);
  expect(await shiftsOf(owner), 'nothing moves for staff').toBe(0);
  const choices = names.expiresAfter(owner).getByRole('option');
  await expect(choices).toHaveText(['5 minutes', '1 hour', '4 hours', '1 day']);
  await fillIn(owner, { secret: 'of the owner' });
  await names.create(owner).click();
  await expect(names.passphrase(owner)).toHaveAccessibleDescription(/wants every secret/);
  await names.generate(owner).click();
  await expect(names.passphrase(owner)).not.toBeEmpty();
  const { link } = await createLink(owner);

  await owner.goto('/requests/new');
  await expect(
    owner.getByRole('combobox', { name: 'Expires after' }).getByRole('option'),
  ).toHaveText(['5 minutes', '1 hour', '4 hours', '1 day']);
  const actions = await readBuiltActions();
  const longer = async (action: string, path: string, fields: Record<string, string>) => {
    const id = actions.get(`app/(staff)/requests/actions.ts ${action}`)?.id ?? '';
    const form = { ...fields, expiresIn: '7d' };
    return (await callWithForm<object>(`${app.url}${path}`, id, form, asMember)).outcome;
  };
  const request = '0123456789abcdef';
  expect(await longer('extendRequest', `/requests/${request}`, { request })).toEqual({
    status: 'refused',
    refusal: 'expiry_not_allowed',
  });
  expect(await longer('createRequest', '/requests/new', requestFields())).toEqual({
    status: 'refused',
    errors: { expiresIn: 'expiry_not_allowed' },
  });

  // Opening never takes an account.
  const recipient = await device();
  await comeToOpen(recipient, link);
  await expect(names.passphrase(recipient)).toBeVisible();

  await owner.goto('/settings/policies');
  await owner.getByRole('radio', { name: 'Anyone who reaches the page' }).check();
  await owner.getByRole('combobox', { name: 'Longest expiry' }).selectOption('30 days');
  await owner.getByRole('checkbox', { name: 'Require a passphrase' }).uncheck();
  await owner.getByRole('button', { name: 'Save policies' }).click();
  await expect(owner.getByText('Saved.')).toBeVisible();
  await names.create(visitor).click();
  await expect(names.link(visitor)).not.toBeEmpty();
  expect(await (await fetch(`${app.url}/`)).text()).not.toContain('Sign in to send a secret');
});

async function expectSaidToVisitors(page: Page): Promise<void> {
  const served = await page.goto('/');
  expect(await served?.text(), 'before any script').toContain('Sign in to send a secret');
  // As an expression: Playwright looks for other texts outside of `<noscript>` only.
  await expect(page.getByText(/^Sending is for the staff of this site$/)).toBeVisible();
  await expect(names.create(page)).toBeVisible();
}
