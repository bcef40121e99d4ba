import { connect } from 'node:net';
import type { LinkResult, SaltResult } from '@/lib/accounts/outcomes';
import { ADDRESSES_ELSEWHERE } from '@/tests/support/addresses-elsewhere';
import type { RunningApp } from '@/tests/support/app';
import { ACTIONS, PAGES } from '../support/access-rules';
import { findActions, findPages, readBuiltActions, type BuiltAction } from '../support/app-surface';
import { postForm, readPostForm } from '../support/html-forms';
import { startOwnApp } from '../support/own-app';
import { callWithBody, callWithForm } from '../support/server-actions';
import {
  acceptOverHttp,
  headersOf,
  signInOverHttp,
  signUpOwnerOverHttp,
  type HttpStaff,
} from '../support/staff-over-http';
import { expect, test as base } from '../support/test';

interface House {
  readonly app: RunningApp;
  readonly actions: ReadonlyMap<string, BuiltAction>;
  readonly owner: HttpStaff;
  readonly member: HttpStaff;
}

const test = base.extend<object, { house: House }>({
  house: [
    async ({}, use) => {
      const app = await startOwnApp();
      const actions = await readBuiltActions();
      const owner = await signUpOwnerOverHttp(app.url);
      const email = 'member@example.org';
      const link = await inviteOverHttp({ app, actions, owner }, email);
      await use({ app, actions, owner, member: await acceptOverHttp(link, email) });
      await app.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

// In one worker, or each would start an app of its own.
test.describe.configure({ mode: 'default' });

const MEMBERS = 'app/(staff)/settings/members/actions.ts';

async function inviteOverHttp(
  { app, actions, owner }: Pick<House, 'app' | 'actions' | 'owner'>,
  email: string,
): Promise<string> {
  const { outcome } = await callWithForm<LinkResult>(
    `${app.url}/settings/members`,
    actions.get(`${MEMBERS} inviteMember`)?.id ?? '',
    { email, role: 'MEMBER' },
    { headers: headersOf(app.url, owner) },
  );
  if (outcome?.status !== 'made') throw new Error('Nobody was invited.');
  return outcome.link;
}

/** Address of a page that takes the action. */
function addressOf({ app }: House, { page }: BuiltAction): string {
  const rule = PAGES[`${page}.tsx`];
  if (rule === undefined) throw new Error(`${page} has no rule.`);
  return app.url + rule.path;
}

/** Posts a form to an action, with a state before it where the action takes one. */
async function call(
  house: House,
  key: string,
  hasState: boolean,
  staff: HttpStaff | null,
): Promise<number> {
  const action = house.actions.get(key);
  if (action === undefined) throw new Error(`${key} is not in the build.`);
  const body = new FormData();
  for (const [name, value] of Object.entries(ACTIONS[key]?.guess ?? {})) {
    body.append(`_1_${name}`, value);
  }
  // A form without a field is no form to the framework.
  body.append('_1_nothing', '');
  body.append('0', hasState ? '[null,"$K1"]' : '["$K1"]');
  const headers = headersOf(house.app.url, staff);
  return (await callWithBody(addressOf(house, action), action.id, body, { headers })).status;
}

test('every page and every action has a rule', async () => {
  expect(await findPages()).toEqual(Object.keys(PAGES).toSorted());
  const actions = await findActions();
  expect(actions.map(({ key }) => key).toSorted()).toEqual(Object.keys(ACTIONS).toSorted());
});

test('every page answers anonymous callers, members and owners by its rule', async ({ house }) => {
  const { app, member, owner } = house;
  for (const [file, { path, answers }] of Object.entries(PAGES)) {
    const got: number[] = [];
    for (const staff of [null, member, owner]) {
      const headers = headersOf(app.url, staff);
      got.push((await fetch(app.url + path, { headers, redirect: 'manual' })).status);
    }
    expect.soft(got, file).toEqual(answers);
  }
});

test('every action answers anonymous callers, members and owners by its rule', async ({
  house,
}) => {
  const { member, owner } = house;
  for (const { key, hasState } of await findActions()) {
    const got: number[] = [];
    for (const staff of [null, member, owner]) got.push(await call(house, key, hasState, staff));
    expect.soft(got, key).toEqual(ACTIONS[key]?.answers);
  }
});

test('a cookie that is made up is nobody’s', async ({ house }) => {
  const { app } = house;
  for (const cookie of ['A'.repeat(43), '', 'x', "' OR 1=1"]) {
    const headers = { cookie: `sealpost-session=${encodeURIComponent(cookie)}` };
    const answer = await fetch(`${app.url}/settings`, { headers, redirect: 'manual' });
    expect(answer.status).toBe(307);
  }
});

test('a member ends no session of somebody else by its id', async ({ house }) => {
  const { app, actions, member, owner } = house;
  const page = await fetch(`${app.url}/settings/security`, { headers: headersOf(app.url, owner) });
  const ids = new Set((await page.text()).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g));
  expect(ids.size).toBeGreaterThan(0);
  const action = actions.get('app/(staff)/settings/security/actions.ts endSession');
  for (const sessionId of ids) {
    await callWithForm(
      `${app.url}/settings/security`,
      action?.id ?? '',
      { sessionId },
      { headers: headersOf(app.url, member) },
    );
  }
  const after = await fetch(`${app.url}/settings`, {
    headers: headersOf(app.url, owner),
    redirect: 'manual',
  });
  expect(after.status).toBe(200);
});

test('salts and sign-ins answer alike for known and unknown addresses', async ({ house }) => {
  const { app, actions, owner } = house;
  const id = actions.get('app/(account)/actions.ts findPasswordSalt')?.id ?? '';
  const saltOf = async (email: string) => {
    const answer = await callWithForm<SaltResult>(`${app.url}/sign-in`, id, { email });
    if (answer.outcome?.status !== 'found') throw new Error('There was no salt.');
    return { status: answer.status, salt: answer.outcome.salt };
  };
  const [known, unknown, again] = [
    await saltOf(owner.email),
    await saltOf('nobody@example.org'),
    await saltOf('NOBODY@example.org'),
  ];
  expect(again).toEqual(unknown);
  expect({ ...unknown, salt: unknown.salt.length }).toEqual({ ...known, salt: 22 });
  const other = await saltOf('somebody-else@example.org');
  expect(other.salt, 'each address has its own').not.toBe(unknown.salt);

  const wrongKey = 'A'.repeat(43);
  for (const email of [owner.email, 'nobody@example.org']) {
    expect(await signInOverHttp(app.url, { email, signInKey: wrongKey })).toBeNull();
  }
});

test('of next-auth there is what is used, and it sets one cookie: its own', async ({ house }) => {
  const { app, owner } = house;
  const token = `/invitation/${'T'.repeat(43)}`;
  const ask = async (
    path: string,
    { cookie = '', ...init }: Omit<RequestInit, 'headers'> & { cookie?: string } = {},
  ) => {
    const answer = await fetch(`${app.url}/api/auth/${path}`, {
      redirect: 'manual',
      ...init,
      headers: { origin: app.url, 'sec-fetch-site': 'same-origin', cookie },
    });
    return { status: answer.status, set: answer.headers.getSetCookie(), text: await answer.text() };
  };
  const unused = [
    ...['verify-request', 'providers', 'session', 'signin', 'signin/credentials', 'signout'],
    ...['error', 'error?error=x', 'callback/credentials', 'callback', '_log', 'csrf/x', 'x'],
  ];
  for (const path of unused) {
    expect(await ask(path), path).toEqual({
      status: 404,
      set: [],
      text: 'There is nothing here.\n',
    });
  }
  for (const path of ['_log', 'session', 'signin/credentials', 'callback/x', 'csrf', 'error']) {
    const body = new URLSearchParams({ code: 'x', level: 'error', callbackUrl: token });
    const { status, set } = await ask(path, { method: 'POST', body });
    expect({ status, set }, path).toEqual({ status: 404, set: [] });
  }

  const spelled = ['//evil.example', 'http:', 'https://', '%00', token, `${app.url}${token}`, '[]'];
  for (const callbackUrl of spelled) {
    const query = `callbackUrl=${encodeURIComponent(callbackUrl)}`;
    const stale = `next-auth.callback-url=${encodeURIComponent(callbackUrl)}`;
    const csrf = await ask(`csrf?${query}`, { cookie: stale });
    expect(csrf.status, callbackUrl).toBe(200);
    expect(csrf.set.map((cookie) => cookie.split('=', 1)[0])).toEqual(['sealpost-csrf']);
    const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
    const cookie = `${stale}; ${csrf.set[0]?.split(';', 1)[0] ?? ''}`;
    const given = { email: owner.email, signInKey: owner.signInKey, csrfToken, callbackUrl };
    const signedIn = await ask(`callback/credentials?${query}`, {
      method: 'POST',
      cookie,
      body: new URLSearchParams(given),
    });
    expect(signedIn.text, callbackUrl).toBe('{"status":"signed_in"}');
    const names = signedIn.set.map((line) => line.split('=', 1)[0]).toSorted();
    expect(names).toEqual(['sealpost-browser', 'sealpost-session']);
    expect(signedIn.set.join()).not.toContain('invitation');
  }
  const refused = await ask('callback/credentials', {
    method: 'POST',
    body: new URLSearchParams(),
  });
  expect(refused).toEqual({
    status: 400,
    set: [],
    text: '{"status":"refused","refusal":"cookies_needed"}',
  });
  expect(app.log()).not.toMatch(/next-auth|TypeError/);
});

test('whatever an address asks for, this server sends a browser to itself alone', async ({
  house,
}) => {
  const { app, owner } = house;
  const { port } = new URL(app.url);
  for (const path of [
    ...ADDRESSES_ELSEWHERE,
    ...ADDRESSES_ELSEWHERE.map((text) => `/sign-in${text}`),
  ]) {
    // As it is, which no client that parses addresses would send.
    const location = await locationOf(Number(port), path, owner.cookie);
    if (location === null) continue;
    expect(new URL(location, app.url).origin, `${path} -> ${location}`).toBe(app.url);
  }
});

/** Where a GET of exactly this path is sent to; null for nowhere. */
function locationOf(port: number, path: string, cookie: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => (answer += data.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => {
      resolve(/^location: (.*)\r$/im.exec(answer)?.[1] ?? null);
    });
    socket.end(
      `GET ${path} HTTP/1.1\r\nHost: localhost:${String(port)}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
    );
  });
}

test('without a script, what was sent to several is destroyed from the list of who sent it, and by nobody else', async ({
  house,
}) => {
  const { app, member, owner } = house;
  const asked = { secret: 'for two', expiresIn: '1h', recipients: 'Ada\nGrace' };
  const compose = readPostForm(await (await fetch(`${app.url}/`)).text(), `${app.url}/`);
  expect((await postForm(compose, asked)).status, 'recipients of somebody without a list').toBe(
    401,
  );
  const sent = await postForm(compose, asked, { headers: headersOf(app.url, member) });
  const links = (await sent.text()).match(/http[^\s"<]+\/m\/[\w-]+/g) ?? [];
  const [ofAda = '', ofGrace = ''] = new Set(links);
  const statuses = () =>
    Promise.all([ofAda, ofGrace].map(async (link) => (await fetch(link)).status));
  expect(await statuses()).toEqual([200, 200]);

  const url = `${app.url}/dashboard`;
  const list = await (await fetch(url, { headers: headersOf(app.url, member) })).text();
  const [, ...rows] = list.split('<article');
  const destroy = readPostForm(rows.find((row) => row.includes('Grace')) ?? '', url);
  const question = await postForm(
    destroy,
    { intent: 'ask' },
    { headers: headersOf(app.url, member) },
  );
  expect(await question.text(), 'a first press only asks').toContain('Destroy “Grace”');
  expect(await statuses()).toEqual([200, 200]);
  const pressed = { intent: 'destroy' };
  for (const [staff, status] of [
    // Nothing is done, and the page of the list sends whoever is nobody to sign in.
    [null, 307],
    [owner, 404],
  ] as const) {
    expect((await postForm(destroy, pressed, { headers: headersOf(app.url, staff) })).status).toBe(
      status,
    );
  }
  expect(await statuses()).toEqual([200, 200]);
  const done = await postForm(destroy, pressed, { headers: headersOf(app.url, member) });
  expect(await done.text()).toContain('Destroyed by you');
  expect(await statuses()).toEqual([200, 410]);
});
