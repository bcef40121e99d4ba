import type { Page } from '@playwright/test';
import { TOTP } from 'otpauth';
import { startMailServer, type MailServer, type ReceivedMail } from '@/tests/support/mail-server';
import {
  acceptInvitation,
  setUpSecondFactor,
  signIn,
  signUpOwner,
  somebody,
} from '../support/accounts';
import { expectAccessible } from '../support/axe';
import { canary } from '../support/canary';
import { startOwnApp } from '../support/own-app';
import { PageWatch } from '../support/page-watch';
import { createRequest, requestNames, type Asked } from '../support/requests';
import { createLink, fillIn, names, openSecret, startComposing } from '../support/steps';
import { createPeople, expect, test } from '../support/test';
import { tracesOf } from '../support/traces';

const FIELDS = ['Host', 'User', 'Pass word'] as const;

test.setTimeout(240_000);

test('from an empty site to a client’s reply: invited, signed in with two factors, asked, answered, told by mail, opened on another device and erased', async ({
  browser,
}) => {
  const mails = await startMailServer({ withoutTls: true });
  const app = await startOwnApp({
    env: { SMTP_URL: mails.url, MAIL_FROM: 'The Agency <agency@example.org>' },
  });
  const watch = new PageWatch(app.url);
  // A right password without its code, and a request that is not there for everybody.
  watch.allowStatus(401, 404);
  const people = createPeople(browser, watch);
  const device = (options = {}) => people.invite({ baseURL: app.url, ...options });
  try {
    const [owner, colleague] = [somebody('Olivia Owner'), somebody('Ben Member')];
    const [first, second, sent] = [canary('first'), canary('second'), canary('sent')];
    const kept = canary('kept');

    const desk = await device();
    await desk.goto('/');
    await names.staffDoor(desk).click();
    await expect(desk.getByText('Nobody owns this site yet')).toBeVisible();
    await expectAccessible(desk, 'the door of an empty site');
    await desk.getByRole('link', { name: 'Create the owner’s account' }).click();
    await expect(names.heading(desk)).toHaveText('Make this site yours');
    await signUpOwner(desk, owner);
    await expect(names.staffDoor(desk), 'who is in needs no door').toBeHidden();
    await desk.goto('/');
    await expect(desk.getByRole('navigation', { name: 'Staff' })).toBeVisible();
    await expect(names.staffDoor(desk)).toBeHidden();
    await desk.goto('/settings/members');
    await desk.getByRole('textbox', { name: 'E-mail' }).fill(colleague.email);
    await desk.getByRole('button', { name: 'Invite', exact: true }).click();
    await expect(desk.getByText(`on its way to ${colleague.email}`)).toBeVisible();
    const invitation = await mailTo(mails, colleague.email, 'invites you');

    const bens = await device();
    const recoveryCode = await acceptInvitation(bens, linkIn(invitation), colleague);
    const { key, recoveryCodes } = await setUpSecondFactor(bens, colleague.password, () =>
      expectAccessible(bens, 'the step of the app'),
    );
    await expect(bens.getByText('Recovery codes left: 10 of 10.')).toBeVisible();
    const ben = await device();
    // The code of the set-up is used up; the one after it is taken too.
    const next = new TOTP({ secret: key }).generate({ timestamp: Date.now() + 30_000 });
    await signIn(ben, colleague, next);

    const { link, inbox } = await askForThreeFields(ben);
    const scripted = await device();
    await answer(scripted, link, first);
    const told = await mailTo(mails, colleague.email, 'A reply arrived');
    expect(linkIn(told)).toBe(`${app.url}/dashboard`);
    await answer(await device({ javaScriptEnabled: false }), link, second);

    await desk.goto(inbox);
    await expect(
      desk.getByRole('heading', { name: 'There is no request here for you' }),
    ).toBeVisible();

    const laptop = await device();
    await signIn(laptop, colleague, recoveryCodes[1]);
    await laptop.goto(inbox);
    await openReply(laptop, first);
    await openReply(laptop, second);
    await expect
      .poll(() =>
        app.database.query('SELECT 1 FROM sealed_items WHERE wrapped_ciphertext IS NOT NULL'),
      )
      .toEqual([]);
    const seeds = "SELECT 1 FROM request_readers WHERE sealed_seed <> ''::bytea";
    expect(await app.database.query(seeds), 'until the request ends').toHaveLength(1);
    await laptop.getByRole('button', { name: 'Destroy request' }).click();
    await laptop.getByRole('button', { name: 'Destroy it for good' }).click();
    await expect.poll(() => app.database.query(seeds)).toEqual([]);

    // A secret of one's own: told when it was opened.
    await startComposing(laptop);
    await fillIn(laptop, { secret: sent, note: 'For the printer' });
    await laptop.getByRole('checkbox', { name: 'Notify me when opened' }).check();
    const secret = await createLink(laptop);
    await openSecret(scripted, secret.link);
    await expect(names.opened(scripted)).toHaveText(sent);
    const opened = await mailTo(mails, colleague.email, 'Opened: For the printer');
    expect(linkIn(opened)).toBe(`${app.url}/dashboard`);

    // A forgotten password: by mail, with the recovery code.
    const lost = await device();
    const before = mails.messages().length;
    for (const email of ['nobody@example.org', colleague.email]) {
      await lost.goto('/recover');
      await lost.getByRole('textbox', { name: 'E-mail' }).fill(email);
      await lost.getByRole('button', { name: 'Send link' }).click();
      await expect(lost.getByRole('heading', { name: 'Look into your mailbox' })).toBeVisible();
    }
    const recovery = await mailTo(mails, colleague.email, 'Set a new password');
    expect(mails.messages().length, 'nothing is sent to those without an account').toBe(before + 1);
    // Waits meanwhile, and is not lost with the password.
    const waiting = await askForThreeFields(laptop);
    await answer(scripted, waiting.link, kept);
    // The first page dies before the new code is kept: its link is unused, and the code on paper good.
    for (const diesThen of [true, false]) {
      await lost.goto(linkIn(recovery));
      await lost.getByLabel('New password').fill('a password set anew');
      await lost.getByRole('textbox', { name: 'Recovery code' }).fill(recoveryCode.toLowerCase());
      await lost.getByRole('button', { name: 'Set new password' }).click();
      await expect(lost.getByRole('region', { name: 'Recovery code' })).toBeVisible();
      if (diesThen) await lost.reload();
    }
    await lost.getByRole('button', { name: 'I have saved it' }).click();
    await expect(lost.getByLabel('Code', { exact: true })).toBeFocused();
    await lost.getByLabel('Code', { exact: true }).fill(recoveryCodes[2] ?? '');
    await lost.getByRole('button', { name: 'I have saved it' }).click();
    await lost.waitForURL('**/sign-in');
    await laptop.goto('/dashboard');
    await expect(names.heading(laptop), 'signed out everywhere').toHaveText('Sign in');
    await expect(laptop.getByText('Nobody owns this site yet')).toHaveCount(0);
    await signIn(lost, { ...colleague, password: 'a password set anew' }, recoveryCodes[3]);
    await lost.goto(waiting.inbox);
    await openReply(lost, kept);

    const written = mails.messages().map(({ raw, text, html }) => raw + text + html);
    const all = Buffer.from(written.join('\n'));
    expect(tracesOf('For the printer', all), 'the search finds what is there').not.toEqual([]);
    for (const hidden of [first, second, sent, kept, colleague.password, recoveryCode]) {
      expect(tracesOf(hidden, all)).toEqual([]);
    }
    for (const hidden of [link, secret.link, secret.statusLink]) {
      expect(tracesOf(new URL(hidden).pathname, all)).toEqual([]);
      if (hidden.includes('#')) expect(tracesOf(new URL(hidden).hash.slice(1), all)).toEqual([]);
    }
    expect(watch.problems, 'what the browser complained about').toEqual([]);
  } finally {
    await people.leave();
    await Promise.all([app.stop(), mails.stop()]);
  }
});

function mailTo(mails: MailServer, email: string, subject: string): Promise<ReceivedMail> {
  return mails.waitFor((mail) => mail.to.includes(email) && mail.subject.includes(subject));
}

/** The one address in the text of a mail. */
function linkIn({ text }: ReceivedMail): string {
  const links = text.match(/https?:\/\/\S+/g) ?? [];
  expect(new Set(links).size, text).toBe(1);
  return links[0] ?? '';
}

async function askForThreeFields(page: Page): Promise<Asked> {
  await page.goto('/requests/new');
  await requestNames.question(page).fill('The way into your server, please.');
  for (const [index, label] of FIELDS.entries()) {
    await page.getByRole('button', { name: 'Add a field' }).click();
    await page.getByRole('textbox', { name: 'Label' }).nth(index).fill(label);
  }
  await page.getByRole('combobox', { name: 'Kind' }).last().selectOption('Password');
  await requestNames.repliesAllowed(page).fill('2');
  await page.getByRole('checkbox', { name: 'Tell me by e-mail' }).check();
  return createRequest(page);
}

async function answer(client: Page, link: string, password: string): Promise<void> {
  await client.goto(link);
  for (const label of FIELDS.slice(0, 2)) {
    await client.getByRole('textbox', { name: label }).fill(`some ${label}`);
  }
  await client.getByLabel('Pass word').fill(password);
  await requestNames.send(client).click();
  await expect(names.heading(client)).toHaveText('Sent');
  await expect(client.getByText('Only Ben Member can read it, and only once.')).toBeVisible();
}

async function openReply(page: Page, password: string): Promise<void> {
  await requestNames.openReply(page).first().click();
  const reply = requestNames.reply(page);
  await reply.getByRole('button', { name: 'Show Pass word' }).click();
  await expect(reply).toContainText(password);
  await page.getByRole('button', { name: 'Copy reply' }).click();
  await page.getByRole('button', { name: 'Hide', exact: true }).last().click();
  await expect(page.getByText(password)).toHaveCount(0);
}
