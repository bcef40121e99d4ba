import { createHash, randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { toVaultPublicKey } from '@/lib/protocol/bytes';
import { createRequestKeys, type RequestKeys } from '@/lib/protocol/request-keys';
import { sealSeedInVersion1 } from '@/tests/vectors/version-1-seed';
import { startMailServer, type MailServer } from '@/tests/support/mail-server';
import {
  acceptInvitation,
  invite,
  signIn,
  signUpOwner,
  somebody,
  type Person,
} from '../support/accounts';
import { expectAccessible } from '../support/axe';
import { canary } from '../support/canary';
import { tabTo } from '../support/keyboard';
import { expectFits } from '../support/layout';
import { startOwnApp, type OwnApp } from '../support/own-app';
import type { OwnDatabase } from '../support/own-database';
import { PageWatch } from '../support/page-watch';
import { askFor, requestNames as names } from '../support/requests';
import { pressTwice } from '../support/steps';
import { createPeople, expect, test as base, type AnotherPerson } from '../support/test';

interface Agency {
  readonly app: OwnApp;
  readonly database: OwnDatabase;
  readonly mails: MailServer;
  /** Somebody's device; pages of the app are watched. */
  readonly device: AnotherPerson;
  readonly owner: Page;
  readonly olivia: Person;
  /** Signed in on a device of their own. */
  readonly ben: { readonly page: Page; readonly email: string; readonly password: string };
}

const test = base.extend<object, { agency: Agency }>({
  agency: [
    async ({ browser }, use) => {
      const mails = await startMailServer({ withoutTls: true });
      const app = await startOwnApp({
        env: { SMTP_URL: mails.url, MAIL_FROM: 'The Agency <agency@example.org>' },
      });
      const watch = new PageWatch(app.url);
      // A refusal is asked for below, and so are pages of what is not there.
      watch.allowStatus(400, 404, 410);
      // So is a line that is cut.
      watch.allow(/ERR_INTERNET_DISCONNECTED/);
      const people = createPeople(browser, watch);
      const device: AnotherPerson = (options) => people.invite({ baseURL: app.url, ...options });
      const owner = await device();
      const olivia = somebody('Olivia Owner');
      await signUpOwner(owner, olivia);
      const ben = somebody('Ben Member');
      const invitation = await invite(owner, ben.email);
      const page = await device();
      await acceptInvitation(page, invitation, ben);
      await use({
        app,
        database: app.database,
        mails,
        device,
        owner,
        olivia,
        ben: { page, ...ben },
      });
      await people.leave();
      await app.stop();
      await mails.stop();
      expect(watch.problems, 'what the browser complained about').toEqual([]);
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

// In one worker, or each would start an app and make accounts of its own.
test.describe.configure({ mode: 'default', timeout: 180_000 });

async function fillAndSend(page: Page, link: string, password: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('textbox', { name: 'Address' }).fill('https://example.org');
  await page.getByRole('textbox', { name: 'User name' }).fill('root');
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await names.send(page).click();
  await expect(page.getByRole('heading', { name: 'Sent', level: 1 })).toBeVisible();
  await expect(page.getByText('Only Ben Member can read it, and only once.')).toBeVisible();
}

async function openAndRead(page: Page, secret: string): Promise<void> {
  await names.openReply(page).first().click();
  await names.reply(page).getByRole('button', { name: 'Show Password' }).click();
  await expect(names.reply(page)).toContainText(secret);
}

test('clients reply with and without JavaScript; who asked opens one on a second device, a colleague the other once added, and not before', async ({
  agency: { database, device, owner, ben },
}) => {
  const [first, second] = [canary('first'), canary('second')];
  await ben.page.setViewportSize({ width: 320, height: 640 });
  await ben.page.goto('/requests/new');
  await expect(names.question(ben.page)).toBeVisible();
  await names.template(ben.page).selectOption('Website login');
  await expectFits(ben.page, 'new request');
  await expectAccessible(ben.page, 'new request');
  const { link, inbox } = await askFor(ben.page, {
    question: 'The login of your website, please.',
    template: 'Website login',
    repliesAllowed: 2,
  });
  await expectFits(ben.page, 'request link');
  await expectAccessible(ben.page, 'request link');

  const withScript = await device({ viewport: { width: 320, height: 640 } });
  await withScript.goto(link);
  await expect(names.send(withScript)).toBeVisible();
  await expectFits(withScript, 'reply');
  await expectAccessible(withScript, 'reply');
  await fillAndSend(withScript, link, first);
  await expectAccessible(withScript, 'sent');
  expect(await withScript.context().cookies()).toEqual([]);

  const withoutScript = await device({ javaScriptEnabled: false });
  await fillAndSend(withoutScript, link, second);
  await withoutScript.getByRole('link', { name: /See what became of it/ }).click();
  await expect(
    withoutScript.getByRole('heading', { name: 'Waiting to be read', level: 1 }),
  ).toBeVisible();
  await withoutScript.goto(link);
  await expect(
    withoutScript.getByRole('heading', { name: 'This request has been answered' }),
  ).toBeVisible();

  await owner.goto(inbox);
  await expect(
    owner.getByRole('heading', { name: 'There is no request here for you' }),
  ).toBeVisible();
  await expect(owner.getByText('The login of your website')).toHaveCount(0);

  const laptop = await device({ viewport: { width: 320, height: 640 } });
  await signIn(laptop, ben);
  await laptop.goto(inbox);
  await expect(names.openReply(laptop)).toHaveCount(2);
  await expectFits(laptop, 'inbox');
  await expectAccessible(laptop, 'inbox');
  await expect(
    laptop.getByText('Opening it is the only time: it is shown once, to you').first(),
  ).toBeVisible();
  await openAndRead(laptop, first);
  await expectAccessible(laptop, 'opened reply');
  // A slip loses nothing: this tab can show it again until it is taken.
  await laptop.reload();
  await openAndRead(laptop, first);
  await laptop.getByRole('button', { name: 'Copy reply' }).click();
  await laptop.getByRole('button', { name: 'Hide', exact: true }).last().click();
  await expect(laptop.getByText(first)).toHaveCount(0);

  const others = laptop.getByRole('combobox', { name: 'Add a colleague' });
  const olivia = others.getByRole('option', { name: /^Olivia Owner \(staff-.*@example\.org\)$/ });
  await others.selectOption(await olivia.getAttribute('value'));
  await laptop.getByRole('checkbox', { name: 'Tell them by e-mail' }).check();
  await laptop.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(laptop.getByRole('button', { name: 'Remove Olivia Owner' })).toBeVisible();
  const told = `SELECT a.name FROM request_readers rr JOIN accounts a ON a.id = rr.account_id
    WHERE rr.notify`;
  expect(await database.query(told)).toContainEqual({ name: 'Olivia Owner' });
  await expect(laptop.getByRole('heading', { name: 'Who can read the replies' })).toBeFocused();
  await owner.goto(inbox);
  await openAndRead(owner, second);
  await owner.getByRole('button', { name: 'Copy reply' }).click();
  await laptop.getByRole('button', { name: 'Remove Olivia Owner' }).click();
  await expect(laptop.getByRole('button', { name: 'Remove Olivia Owner' })).toHaveCount(0);
  await expect(laptop.getByRole('heading', { name: 'Who can read the replies' })).toBeFocused();
  // The last one stays.
  await expect(laptop.getByRole('button', { name: /^Remove / })).toHaveCount(0);

  await expect
    .poll(() => database.query('SELECT 1 FROM sealed_items WHERE wrapped_ciphertext IS NOT NULL'))
    .toEqual([]);
});

test('a client whose link and key disagree, or whose link is cut, can type and send nothing', async ({
  agency: { database, device, ben },
}) => {
  const { link } = await askFor(ben.page, { question: 'Your Wi-Fi password, please.' });
  const client = await device();
  const posts: string[] = [];
  client.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url());
  });

  const [base = ''] = link.split('#');
  await client.goto(base);
  await expect(client.getByRole('heading', { name: 'This link is incomplete' })).toBeVisible();
  await expect(client.getByRole('textbox')).toHaveCount(0);

  const { publicKey } = await createRequestKeys();
  await database.query('UPDATE requests SET public_key = $1 WHERE question LIKE $2', [
    Buffer.from(publicKey),
    '%Wi-Fi%',
  ]);
  await client.goto('about:blank');
  await client.goto(link);
  await expect(client.getByRole('heading', { name: 'Do not send anything' })).toBeVisible();
  await expect(client.getByRole('textbox')).toHaveCount(0);
  await expect(names.send(client)).toHaveCount(0);
  await expectAccessible(client, 'mismatch');
  expect(posts).toEqual([]);
});

/** What whoever knows every public key, and may write to the database, puts in the place of a request's key. */
async function replaceKey(database: OwnDatabase, question: string): Promise<RequestKeys> {
  const keys = await createRequestKeys();
  const [reader] = await database.query<{ vault_public_key: Uint8Array }>(
    `SELECT a.vault_public_key FROM accounts a JOIN requests r ON r.created_by_id = a.id
     WHERE r.question = $1`,
    [question],
  );
  if (reader === undefined) throw new Error('Nobody asks that.');
  const sealedSeed = await sealSeedInVersion1(keys, toVaultPublicKey(reader.vault_public_key));
  await database.query('UPDATE requests SET public_key = $1 WHERE question = $2', [
    Buffer.from(keys.publicKey),
    question,
  ]);
  await database.query(
    `UPDATE request_readers rr SET sealed_seed = $1 FROM requests r
     WHERE r.id = rr.request_id AND r.question = $2`,
    [Buffer.from(sealedSeed), question],
  );
  return keys;
}

test('whoever replaces a request’s key and seed in the database gets neither its link shown, nor a colleague added, nor a reply', async ({
  agency: { database, device, ben },
}) => {
  const { page } = ben;
  const question = 'The key to the safe, please.';
  const { link, inbox } = await askFor(page, { question });
  await page.goto(inbox);
  await expect(names.link(page)).toHaveValue(link);
  await replaceKey(database, question);

  await page.goto(inbox);
  const alert = page.getByRole('alert').filter({ hasText: 'This request was altered' });
  await expect(alert).toBeVisible();
  await expect(names.link(page)).toHaveCount(0);
  await expect(page.getByText('The same link as before')).toHaveCount(0);
  await expect(page.getByRole('combobox', { name: 'Add a colleague' })).toHaveCount(0);
  await expectAccessible(page, 'an altered request');

  const client = await device();
  await client.goto(link);
  await expect(client.getByRole('heading', { name: 'Do not send anything' })).toBeVisible();
  await expect(client.getByRole('textbox')).toHaveCount(0);
});

test('a client whose link is for another question can type nothing', async ({
  agency: { database, device, ben },
}) => {
  const { link } = await askFor(ben.page, { question: 'The door code, please.' });
  await database.query('UPDATE requests SET question = $1 WHERE question = $2', [
    'Your bank PIN, please.',
    'The door code, please.',
  ]);
  const client = await device();
  await client.goto(link);
  await expect(client.getByRole('heading', { name: 'Do not send anything' })).toBeVisible();
  await expect(client.getByText('Your bank PIN')).toHaveCount(0);
});

test('a request of version 1 works on, is kept by its vault once opened, and says what it can’t prove', async ({
  agency: { database, device, ben },
}) => {
  const { page } = ben;
  const question = 'A key from before.';
  const asked = await askFor(page, { question, repliesAllowed: 2 });
  // As version 1 stored it: a key pair sealed in base mode, under an id that no vault knows again.
  const { publicKey } = await replaceKey(database, question);
  const id = randomBytes(8);
  await database.query('UPDATE requests SET id = $1 WHERE question = $2', [
    id.readBigInt64BE().toString(),
    question,
  ]);
  const inbox = new URL(`/requests/${id.toString('hex')}`, asked.inbox).href;

  await page.goto(inbox);
  await expect(page.getByText('Nobody can prove whose key this request has')).toBeVisible();
  await expect(page.getByText('The same link as before')).toHaveCount(0);
  const digest = createHash('sha256').update(publicKey).digest();
  const fingerprint = digest.subarray(0, 16).toString('base64url');
  const link = await names.link(page).inputValue();
  expect(link.split('#')[1]).toBe(fingerprint);
  await expectAccessible(page, 'a request of version 1');
  const kept = `SELECT octet_length(rr.sealed_seed) AS length FROM request_readers rr
    JOIN requests r ON r.id = rr.request_id WHERE r.question = 'A key from before.'`;
  await expect.poll(() => database.query(kept)).toEqual([{ length: 95 }]);

  await replyTo(await device(), link, 'still readable');
  await page.reload();
  await expect(page.getByText('Nobody can prove whose key this request has')).toBeVisible();
  await expect(names.link(page)).toHaveValue(link);
  await names.openReply(page).click();
  await expect(names.reply(page)).toContainText('still readable');

  await replaceKey(database, question);
  await page.reload();
  // Once kept, a key that was put in its place in this way is another link at most, and called unproven.
  await expect(page.getByText('Nobody can prove whose key this request has')).toBeVisible();
  await expect(names.link(page)).not.toHaveValue(link);
});

test('a reply is sent, opened and hidden with the keyboard alone', async ({
  agency: { device, ben },
}) => {
  const { link, inbox } = await askFor(ben.page, { question: 'A key, please.' });
  const client = await device();
  await client.goto(link);
  await expect(names.freeReply(client)).toBeVisible();
  await tabTo(client, 'Your reply');
  await client.keyboard.type('typed by hand');
  await tabTo(client, 'Send securely');
  await client.keyboard.press('Enter');
  await expect(client.getByRole('heading', { name: 'Sent', level: 1 })).toBeFocused();

  await ben.page.goto(inbox);
  await expect(names.openReply(ben.page)).toBeVisible();
  await tabTo(ben.page, 'Open reply');
  await ben.page.keyboard.press('Enter');
  await expect(names.reply(ben.page)).toContainText('typed by hand');
  await expect(names.reply(ben.page)).toBeFocused();
  await tabTo(ben.page, 'Hide');
  await ben.page.keyboard.press('Enter');
  await expect(ben.page.getByText('typed by hand')).toHaveCount(0);
});

test('exactly those who were chosen are told by mail, and each switches it for themselves, with the keyboard alone', async ({
  agency: { device, mails, owner, olivia, ben },
}) => {
  const { page } = ben;
  await page.goto('/requests/new');
  await expect(names.question(page)).toBeVisible();
  const told = page.getByRole('group', { name: 'Who is told by e-mail' }).getByRole('checkbox');
  await expect(told).toHaveCount(1);
  await expect(told).toBeChecked();
  await tabTo(page, 'What do you need?');
  await page.keyboard.type('Two keys, please.');
  await tabTo(page, 'Replies allowed');
  await page.keyboard.type('2');
  await tabTo(page, `Olivia Owner (${olivia.email})`);
  await page.keyboard.press('Space');
  await tabTo(page, 'Tell me by e-mail when a reply arrives');
  await page.keyboard.press('Space');
  await tabTo(page, `Tell Olivia Owner (${olivia.email}) by e-mail`);
  await expect(page.getByRole('checkbox', { name: 'Tell Olivia Owner' })).not.toBeChecked();
  await page.keyboard.press('Space');
  await expectAccessible(page, 'a new request with readers');
  await tabTo(page, 'Create request link');
  await page.keyboard.press('Enter');
  await expect(names.link(page)).not.toBeEmpty();
  const link = await names.link(page).inputValue();
  const inbox = (await names.inbox(page).getAttribute('href')) ?? '';

  const reply = async () => {
    const client = await device();
    await client.goto(link);
    await names.freeReply(client).fill('a key');
    await names.send(client).click();
    await expect(client.getByRole('heading', { name: 'Sent', level: 1 })).toBeVisible();
  };
  const toldOf = () => {
    const about = mails.messages().filter(({ text }) => text.includes('Two keys, please.'));
    return about.map(({ to }) => to.join());
  };
  await reply();
  await expect.poll(toldOf).toEqual([olivia.email]);

  const nowTold = (reader: Page) =>
    reader
      .getByRole('region', { name: 'Who is told by e-mail when a reply arrives' })
      .getByRole('listitem');
  await owner.goto(inbox);
  await expect(nowTold(owner)).toHaveText(['Olivia Owner (you)']);
  await tabTo(owner, 'Stop telling me');
  await owner.keyboard.press('Enter');
  await expect(owner.getByRole('button', { name: 'Tell me by e-mail' })).toBeFocused();
  await expect(nowTold(owner)).toHaveCount(0);
  await page.goto(inbox);
  await tabTo(page, 'Tell me by e-mail');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Stop telling me' })).toBeFocused();
  await expect(nowTold(page)).toHaveText(['Ben Member (you)']);
  await expectAccessible(page, 'who is told');
  await reply();
  await expect.poll(toldOf).toEqual([olivia.email, ben.email]);

  await tabTo(page, 'Destroy request');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Destroy it for good');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Ended, all is erased')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

/** Answers a request that asks for no fields. */
async function replyTo(client: Page, link: string, text: string): Promise<void> {
  await client.goto(link);
  await names.freeReply(client).fill(text);
  await names.send(client).click();
  await expect(client.getByRole('heading', { name: 'Sent', level: 1 })).toBeVisible();
}

test('a client who takes a reply back can correct it, where one reply is allowed', async ({
  agency: { device, ben },
}) => {
  const { link, inbox } = await askFor(ben.page, { question: 'A key without a typo.' });
  const client = await device({ javaScriptEnabled: false });
  await replyTo(client, link, 'with a tpyo');
  await client.getByRole('link', { name: /take it back/ }).click();
  await pressTwice(client, 'Destroy now');
  await expect(client.getByRole('heading', { name: 'Taken back by you', level: 1 })).toBeVisible();
  await expect(client.getByText('you can send another by the link')).toBeVisible();
  await ben.page.goto(inbox);
  await expect(ben.page.getByText('0 of 1')).toBeVisible();
  await replyTo(client, link, 'without a typo');
  await ben.page.reload();
  await expect(ben.page.getByText('1 of 1')).toBeVisible();
  await names.openReply(ben.page).click();
  await expect(names.reply(ben.page)).toContainText('without a typo');
});

test('a new life counts from now, and the page says what it came to', async ({
  agency: { ben },
}) => {
  const { page } = ben;
  const { inbox } = await askFor(page, { question: 'A key, some day.' });
  await page.goto(inbox);
  const life = page.getByRole('combobox', { name: 'Let it run, from now on, for' });
  const said = page.getByRole('status').filter({ hasText: 'takes replies until' });
  await life.selectOption('5 minutes');
  await page.getByRole('button', { name: 'Extend', exact: true }).click();
  await expect(said).toHaveText(/^Nothing changed: it takes replies until .+ already\.$/);
  await life.selectOption('30 days');
  await page.getByRole('button', { name: 'Extend', exact: true }).click();
  await expect(said).toHaveText(/^It takes replies until .+ now\.$/);
  await expectAccessible(page, 'extended');
});

test('a new request says what is missing until it is there, and without JavaScript that it needs it', async ({
  agency: { device, ben },
}) => {
  await ben.page.goto('/requests/new');
  await names.create(ben.page).click();
  const missing = ben.page.getByText('Say what you need: your client reads it');
  await expect(missing).toBeVisible();
  await expect(names.question(ben.page)).toBeFocused();
  await names.question(ben.page).fill('A key');
  await expect(missing).toHaveCount(0);
  await names.question(ben.page).fill('');

  const withoutScript = await device({ javaScriptEnabled: false });
  await withoutScript.context().addCookies(await ben.page.context().cookies());
  await withoutScript.goto('/requests/new');
  await expect(withoutScript.getByRole('heading', { name: 'Ask for a secret' })).toBeVisible();
  await expect(withoutScript.locator('noscript p').first()).toHaveText('Staff need JavaScript');
  await expect(withoutScript.locator('noscript p').first()).toBeVisible();
});

test('adding a colleague that failed keeps what was chosen for them, and who removes themselves is asked first', async ({
  agency: { database, device, owner, ben },
}) => {
  const { page } = ben;
  const { link, inbox } = await askFor(page, {
    question: 'One more key, please.',
    repliesAllowed: 2,
  });
  await replyTo(await device(), link, 'a key');
  await page.goto(inbox);
  const others = page.getByRole('combobox', { name: 'Add a colleague' });
  const tell = page.getByRole('checkbox', { name: 'Tell them by e-mail' });
  await tell.check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('Choose whom to add first'), 'nobody is chosen yet').toBeVisible();
  const olivia = others.getByRole('option', { name: /^Olivia Owner/ });
  await others.selectOption(await olivia.getAttribute('value'));
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: /./ })).toBeFocused();
  await expect(tell).toBeChecked();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Remove Olivia Owner' })).toBeVisible();
  const told = `SELECT a.name FROM request_readers rr JOIN accounts a ON a.id = rr.account_id
    JOIN requests r ON r.id = rr.request_id
    WHERE rr.notify AND r.question = 'One more key, please.' ORDER BY a.name`;
  expect(await database.query(told)).toEqual([{ name: 'Ben Member' }, { name: 'Olivia Owner' }]);

  const removeSelf = page.getByRole('button', { name: 'Remove Ben Member' });
  const asked = page.getByRole('group', { name: 'unless another reader adds you again' });
  await tabTo(page, 'Remove Ben Member');
  await page.keyboard.press('Enter');
  await expect(asked).toBeFocused();
  await expectAccessible(page, 'asked before removing oneself');
  await asked.getByRole('button', { name: 'Stay a reader' }).click();
  await expect(removeSelf).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, 'Remove me');
  await page.keyboard.press('Enter');
  await expect(page.getByText('you are not one of those who can read its replies')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(removeSelf).toHaveCount(0);

  const row = (reader: Page) =>
    reader.getByRole('article').filter({ hasText: 'One more key, please.' });
  await expect(page.getByText('Waits for one of those who can read it')).toBeVisible();
  await expect(page.getByText('Can be opened once.')).toHaveCount(0);
  await page.goto('/dashboard');
  await expect(row(page).getByText('1 to be read by others')).toBeVisible();
  await owner.goto('/dashboard');
  await expect(row(owner).getByRole('paragraph')).toHaveText([
    'Request',
    '1 to read',
    'Waiting for more replies',
  ]);

  await database.query(`DELETE FROM request_readers rr USING requests r
    WHERE r.id = rr.request_id AND r.question = 'One more key, please.'`);
  await page.reload();
  await expect(row(page).getByText('1 that nobody can open any more')).toBeVisible();
  await page.goto(inbox);
  await expect(page.getByText('Nobody can open it any more.')).toBeVisible();
  await expectAccessible(page, 'a request without readers');
});
