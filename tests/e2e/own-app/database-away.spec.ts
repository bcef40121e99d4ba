import { faultHeading, refusals, troubles } from '@/messages/en/errors';
import { startApp, type RunningApp } from '@/tests/support/app';
import { PAGES } from '../support/access-rules';
import { countLockWaiters, holdMessages } from '../support/held-rows';
import { postForm, readPostForm } from '../support/html-forms';
import { createOwnDatabaseServer, type OwnDatabaseServer } from '../support/own-database';
import { PageWatch } from '../support/page-watch';
import { readResult, sealInBrowser, sealOnServer } from '../support/seal-over-http';
import { comeToOpen, fillIn, names, ON_THE_SERVER, startComposing } from '../support/steps';
import {
  headersOf,
  signInOverHttp,
  signUpOwnerOverHttp,
  type HttpStaff,
} from '../support/staff-over-http';
import { createPeople, expect, test as base, type AnotherPerson } from '../support/test';

/** One app and one database for the file; its tests run one after the other and leave it running. */
const test = base.extend<
  { person: AnotherPerson },
  { database: OwnDatabaseServer; app: RunningApp; owner: HttpStaff }
>({
  database: [
    async ({}, use) => {
      const database = await createOwnDatabaseServer();
      await use(database);
      await database.remove();
    },
    { scope: 'worker' },
  ],
  app: [
    async ({ database }, use) => {
      const app = await startApp({ databaseUrl: database.url });
      await use(app);
      await app.stop();
    },
    { scope: 'worker' },
  ],
  owner: [async ({ app }, use) => use(await signUpOwnerOverHttp(app.url)), { scope: 'worker' }],
  person: async ({ browser, app }, use) => {
    const watch = new PageWatch(app.url);
    watch.allowStatus(500, 503);
    const people = createPeople(browser, watch);
    await use(people.invite);
    await people.leave();
    expect(watch.problems).toEqual([]);
  },
});

// In one worker, or each would start an app and a database of its own.
test.describe.configure({ mode: 'default' });

test.afterEach(async ({ app }) => {
  expect((await fetch(`${app.url}/api/health`)).status).toBe(200);
});

test('while the database is away, composing keeps what was typed and goes on when it is back', async ({
  app,
  database,
  person,
}) => {
  for (const encrypt of ['in this browser', ON_THE_SERVER] as const) {
    const page = await person({ baseURL: app.url });
    await startComposing(page);
    await fillIn(page, {
      secret: 'typed with care',
      passphrase: 'kept',
      note: 'kept too',
      encrypt,
    });
    await database.stop();
    await names.create(page).click();
    await expect(page.getByRole('alert').getByText(troubles.lost_link)).toBeVisible();
    await expect(names.secret(page)).toHaveValue('typed with care');
    await expect(names.passphrase(page)).toHaveValue('kept');
    await expect(names.note(page)).toHaveValue('kept too');

    await database.start();
    await names.create(page).click();
    await expect(names.link(page)).not.toBeEmpty();
  }
});

test('while the database is away, opening burns nothing and goes on when it is back', async ({
  app,
  database,
  person,
}) => {
  for (const make of [sealInBrowser, sealOnServer]) {
    const { link } = await make(app.url, { secret: 'still there', passphrase: 'kept' });
    const page = await person();
    await comeToOpen(page, link);
    await names.passphrase(page).fill('kept');
    await database.stop();
    await names.open(page).click();
    await expect(page.getByRole('alert').getByText(troubles.lost_opening)).toBeVisible();
    await expect(names.passphrase(page)).toHaveValue('kept');

    await database.start();
    await names.open(page).click();
    await expect(names.opened(page)).toHaveText('still there');
  }
});

test('while the database is away, a link that is come to says so, and works when it is back', async ({
  app,
  database,
  person,
}) => {
  for (const make of [sealInBrowser, sealOnServer]) {
    const { link, statusLink } = await make(app.url, { secret: 'still there' });
    const page = await person();
    await database.stop();
    await page.goto(link);
    await expect(names.heading(page)).toHaveText('Not just now');
    await expect(page.getByText(refusals.look_failed)).toBeVisible();
    await expect(names.open(page)).toBeHidden();
    const sender = await person();
    await sender.goto(statusLink);
    await expect(names.heading(sender)).toHaveText('Not just now');

    await database.start();
    await page.getByRole('button', { name: 'Try again' }).click();
    await names.open(page).click();
    await expect(names.opened(page)).toHaveText('still there');
    await sender.getByRole('button', { name: 'Try again' }).click();
    await expect(names.heading(sender)).toHaveText('Opened');
  }
});

test('while the database is away, a client without a script gets a calm 503 and can go on later', async ({
  app,
  database,
}) => {
  const { link, statusLink } = await sealOnServer(app.url, { secret: 'still there' });
  const composeForm = readPostForm(await (await fetch(`${app.url}/`)).text(), `${app.url}/`);
  const openForm = readPostForm(await (await fetch(link)).text(), link);
  const statusForm = readPostForm(await (await fetch(statusLink)).text(), statusLink);

  await database.stop();
  expect((await fetch(`${app.url}/api/health`)).status).toBe(503);
  expect((await fetch(`${app.url}/`)).status, 'the form itself needs no database').toBe(200);
  const looked = [link, statusLink, `${app.url}/sign-in`, `${app.url}/sign-up`].map(
    async (address) => [await fetch(address), refusals.look_failed] as const,
  );
  const done = [
    postForm(composeForm, { secret: 'unsaid' }),
    postForm(openForm, { show: 'yes', intent: 'open' }),
    postForm(statusForm, { intent: 'destroy' }),
  ].map(async (answer) => [await answer, refusals.unavailable] as const);
  for (const [answer, said] of await Promise.all([...looked, ...done])) {
    const text = await answer.text();
    expect(answer.status, answer.url).toBe(503);
    expect(text).toContain(said);
    expect(text).not.toMatch(/still there|opened already|There is no secret|unsaid/);
    expect(answer.headers.get('cache-control')).toBe('no-store, no-transform');
  }

  await database.start();
  const composed = await postForm(composeForm, { secret: 'said at last' });
  expect(readResult(await composed.text(), composed.status).link).toContain('/m/');
  const opened = await postForm(openForm, { show: 'yes', intent: 'open' });
  expect(await opened.text()).toContain('still there');
});

test('while the database is away, the pages of staff say so, and nobody is signed out by it', async ({
  app,
  database,
  owner,
}) => {
  const headers = headersOf(app.url, owner);
  const ofStaff = Object.values(PAGES).filter(({ answers: [anonymous] }) => anonymous === 307);
  const statuses = () =>
    Promise.all(
      ofStaff.map(async ({ path }) => {
        const answer = await fetch(app.url + path, { headers, redirect: 'manual' });
        return `${path} ${String(answer.status)} ${String((await answer.text()).includes(refusals.look_failed))}`;
      }),
    );

  await database.stop();
  expect(await statuses()).toEqual(ofStaff.map(({ path }) => `${path} 503 true`));
  await database.start();
  expect(await statuses()).toEqual(
    ofStaff.map(({ path, answers: [, , owner] }) => `${path} ${String(owner)} false`),
  );
});

test('a database restored from an older copy is told to owners, with what decides, while something waits', async ({
  app,
  database,
  owner,
}) => {
  const dashboard = async () => {
    const headers = headersOf(app.url, { cookie: await cookieOf(app, owner) });
    return (await fetch(`${app.url}/dashboard`, { headers })).text();
  };
  const { link } = await sealOnServer(app.url, { secret: 'from before' });
  expect(await dashboard()).not.toContain('restored from an older copy');

  await database.query('UPDATE history SET refused_before = clock_timestamp()');
  expect(await (await fetch(link)).text()).toContain('restored from an older copy');
  const told = await dashboard();
  expect(told).toContain('The database was restored from an older copy');
  for (const choice of ['discard', 'open']) expect(told).toContain(`RESTORED_DATABASE=${choice}`);
  await database.query(`UPDATE accounts SET role = 'MEMBER'`);
  expect(await dashboard(), 'a member decides nothing').not.toContain('RESTORED_DATABASE');
  await database.query(`UPDATE accounts SET role = 'OWNER'`);

  await database.query('DELETE FROM sealed_items');
  expect(await dashboard(), 'nothing waits').not.toContain('RESTORED_DATABASE');
  await database.query('UPDATE history SET refused_before = NULL');
});

test('what the owner lets go of after a restore is told on the link, the status page and the dashboard', async ({
  app,
  database,
  owner,
  person,
}) => {
  const note = 'let go of';
  const { link, statusLink } = await sealOnServer(app.url, { secret: 'from before', note });
  const accounts = await database.query<{ id: string }>('SELECT id FROM accounts');
  await database.query(`UPDATE sealed_items SET sender_id = $1 WHERE note = $2`, [
    accounts[0]?.id,
    note,
  ]);
  await database.query('UPDATE history SET refused_before = clock_timestamp()');
  const [name = '', value = ''] = (await cookieOf(app, owner)).split('=');
  const page = await person({ baseURL: app.url });
  await page.context().addCookies([{ name, value, url: app.url }]);
  const row = page.getByRole('article').filter({ hasText: note });
  const { pathname } = new URL(statusLink);

  await page.goto('/dashboard');
  await expect(row.getByText(/^Kept closed: the database was restored/)).toBeVisible();
  await expect(row.getByText('Waiting to be opened')).toHaveCount(0);
  await page.goto(pathname);
  await expect(names.heading(page)).toHaveText('Kept closed for now');

  const restarted = await startApp({
    databaseUrl: database.url,
    keyringFile: app.keyringFile,
    env: { RESTORED_DATABASE: 'discard' },
  });
  try {
    await expect.poll(() => restarted.log()).toContain('restored_messages_discarded');
    await page.goto('/dashboard');
    await expect(row.getByText(/^Erased .* It may have been read before: send it/)).toBeVisible();
    await expect(row.getByText('Destroy …')).toHaveCount(0);
    await page.goto(pathname);
    await expect(names.heading(page)).toHaveText('Erased after the database was restored');
    await expect(page.getByText('It may have been read before that. Send it again')).toBeVisible();
    await expect(page.getByText('destroy', { exact: false })).toHaveCount(0);
    const recipient = await (await fetch(link)).text();
    expect(recipient).toContain('This secret was erased');
    expect(recipient).toContain('may have been read before that');
  } finally {
    await restarted.stop();
  }
});

test('a database that dies while it is asked burns nothing', async ({ app, database }) => {
  const { link } = await sealOnServer(app.url, { secret: 'still there' });
  const form = readPostForm(await (await fetch(link)).text(), link);
  // The claim waits for the row; then its connection is cut from the other side.
  const holder = await holdMessages(database.url);
  const asked = postForm(form, { show: 'yes', intent: 'open' });
  await expect.poll(() => countLockWaiters(database)).toBeGreaterThan(0);
  await database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'`,
  );
  const answer = await asked;
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain(refusals.unavailable);
  await holder.release();
  const again = await postForm(form, { show: 'yes', intent: 'open' });
  expect(await again.text()).toContain('still there');
});

test('a statement that is wrong is told as our mistake, asked for once, found in the log by its line, and loses nothing', async ({
  app,
  database,
  person,
}) => {
  const bySealing = await sealInBrowser(app.url, { secret: 'still there' });
  const { link } = await sealOnServer(app.url, { secret: 'still there' });
  const form = readPostForm(await (await fetch(link)).text(), link);
  const [page, opener] = [await person(), await person()];
  await comeToOpen(opener, link);
  let asked = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') asked += 1;
  });

  await moveTables(database, 'public', 'elsewhere');
  try {
    await page.goto(bySealing.link);
    await expect(names.heading(page)).toHaveText(faultHeading);
    await expect(page.getByText(refusals.fault_in_look)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Try again' })).toBeHidden();
    await names.open(opener).click();
    await expect(opener.getByRole('alert').getByText(troubles.fault_lost_opening)).toBeVisible();
    for (const [answer, said] of [
      [await fetch(link), refusals.fault_in_look],
      [await postForm(form, { show: 'yes', intent: 'open' }), refusals.fault],
    ] as const) {
      expect(answer.status).toBe(500);
      expect(await answer.text()).toContain(said);
    }
    expect(asked, 'knocked once').toBe(1);
  } finally {
    await moveTables(database, 'elsewhere', 'public');
  }

  const faults = app
    .log()
    .split('\n')
    .filter((line) => line.includes('"event":"fault"'));
  expect(faults.length).toBeGreaterThanOrEqual(4);
  for (const line of faults) expect(line).toMatch(/"code":"42P01".*"lib\/sealed\/\w+\.ts:\d+"/);
  await names.open(opener).click();
  await expect(names.opened(opener)).toHaveText('still there');
});

/** Moves the tables that hold something away from the statements, as a bug in these would. */
async function moveTables(database: OwnDatabaseServer, from: string, to: string): Promise<void> {
  await database.query(`DO $$
    DECLARE name text;
    BEGIN
      CREATE SCHEMA IF NOT EXISTS "${to}";
      FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = '${from}' AND tablename NOT IN ('history', 'limits')
      LOOP
        EXECUTE format('ALTER TABLE %I.%I SET SCHEMA %I', '${from}', name, '${to}');
      END LOOP;
    END $$`);
}

/** Of a new session: a database that went back ends those that there are. */
async function cookieOf({ url }: RunningApp, owner: HttpStaff): Promise<string> {
  const cookie = await signInOverHttp(url, owner);
  if (cookie === null) throw new Error('The owner was not signed in.');
  return cookie;
}
