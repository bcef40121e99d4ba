import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningApp } from '@/tests/support/app';
import { limitOf, PAGES } from '../support/access-rules';
import { findActions, readBuiltActions } from '../support/app-surface';
import { canary } from '../support/canary';
import { postForm, readPostForm, unescapeHtml } from '../support/html-forms';
import { startOwnApp } from '../support/own-app';
import { callWithForm } from '../support/server-actions';
import { signUpOwnerOverHttp, type HttpStaff } from '../support/staff-over-http';
import { expect, test as base } from '../support/test';

const test = base.extend<object, { app: RunningApp }>({
  app: [
    async ({}, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'sealpost-floods-'));
      const NODE_OPTIONS = `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${dataDir}`;
      const env = { TRUSTED_PROXIES: '127.0.0.1,::1', NODE_OPTIONS };
      const app = await startOwnApp({ dataDir, env });
      await use(app);
      await app.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

// In one worker, or each would start an app of its own.
test.describe.configure({ mode: 'default' });

const MEGABYTE = 1024 * 1024;
const BODY = 300 * MEGABYTE;

test('a body that goes on is refused, cut off soon, and never in memory', async ({ app }) => {
  for (const [path, answered] of [
    ['/sign-in', 413],
    ['/api/auth/callback/credentials', 413],
    // The page may be out before its body is too large.
    ['/', null],
    ['/nope', 413],
    // Refused before its body was looked at: the answer is out, and the connection is cut all the same.
    ['/sign-in/..', 400],
  ] as const) {
    const before = await residentBytes(app);
    const { answer, sent } = await sendChunked(app, path);
    expect(sent, path).toBeLessThan(BODY / 4);
    // One that goes on sending may lose its answer, as the connection is reset under it.
    if (answer !== '') {
      expect(answer, path).toMatch(
        answered === null ? /^HTTP\/1\.1 [24]\d\d / : `HTTP/1.1 ${String(answered)} `,
      );
      if (answered === 413) expect(answer, path).toContain('\r\nConnection: close\r\n');
    }
    expect((await residentBytes(app)) - before, path).toBeLessThan(80 * MEGABYTE);
  }
});

test('nothing that was sealed or opened is alive in the process once its answer is out', async ({
  app,
}) => {
  const secret = canary('plaintext');
  const passphrase = canary('passphrase');
  const key = canary('idempotency');
  const compose = readPostForm(await (await fetch(app.url)).text(), `${app.url}/`);
  for (const [index, words] of ['', passphrase, '', passphrase].entries()) {
    // Each from an address of its own: what is kept of an address is kept at its first request.
    const sealed = await postForm(
      compose,
      { secret, passphrase: words, expiresIn: '1h' },
      from(`203.0.113.${String(index)}`),
    );
    const link = /http:[\w:/.]+\/m\/[\w-]+/.exec(unescapeHtml(await sealed.text()))?.[0] ?? '';
    const form = readPostForm(await (await fetch(link)).text(), link);
    const pressed = { show: 'yes', intent: 'open', passphrase: words };
    const opened = await postForm(form, pressed, from(`203.0.113.${String(100 + index)}`));
    expect(await opened.text()).toContain(secret);
  }
  for (const [index, words] of ['', passphrase].entries()) {
    const ask = (path: string, body: object) =>
      fetch(`${app.url}/api/v1/${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          'X-Forwarded-For': `203.0.113.${String(200 + index)}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': key,
        },
      });
    const terms = { seal: 'server', passphrase: words, expiresIn: '1h' };
    const sent = await (await ask('secrets', { ...terms, secret: secret + words })).text();
    const token = /\/m\/([\w-]+)/.exec(sent)?.[1];
    const claim = { seal: 'server', token, nonce: 'A'.repeat(22), passphrase: words };
    if (words === '') expect(await (await ask('secrets/claim', claim)).text()).toContain(secret);
    else expect(sent, 'another body with the same key').toContain('idempotency_key_reused');
  }
  const heap = await heapSnapshot(app);
  expect(heap.includes(new URL(app.url).host), 'the search finds what is there').toBe(true);
  expect(heap.includes(secret), 'plaintext').toBe(false);
  expect(heap.includes(passphrase), 'passphrase').toBe(false);
  expect(heap.includes(key), 'key').toBe(false);
});

test('an address that is over a limit by one door is refused at every other', async ({ app }) => {
  const knockAtAuth = (address: string) =>
    fetch(`${app.url}/api/auth/callback/credentials`, { method: 'POST', ...from(address) });
  const exhausted = '198.51.100.1';
  const statuses = [];
  for (let tries = 0; tries < 121; tries += 1) statuses.push((await knockAtAuth(exhausted)).status);
  expect(statuses.slice(0, 120)).not.toContain(429);
  expect(statuses.at(-1)).toBe(429);
  expect((await knockAtAuth('198.51.100.2')).status).not.toBe(429);

  const built = await readBuiltActions();
  for (const { key } of await findActions()) {
    const action = built.get(key);
    const path = action === undefined ? undefined : PAGES[`${action.page}.tsx`]?.path;
    if (action === undefined || path === undefined) throw new Error(`${key} is not in the build.`);
    const { status } = await callWithForm(app.url + path, action.id, {}, from(exhausted));
    expect(status === 429, key).toBe(limitOf(key) === 'signIn');
  }
});

test('a crowd with wrong keys for all kinds of accounts keeps no staff out', async ({ app }) => {
  const { owner, browser, csrf } = await ownerOf(app);
  let isOver = false;
  const crowd = Array.from({ length: 40 }, async (_, index) => {
    const answers = [];
    for (let tries = 0; tries < 100 && !isOver; tries += 1) {
      answers.push(
        await signInFrom(app, `10.2.0.${String(index)}`, csrf, {
          email: `somebody-${String(index)}-${String(tries)}@example.org`,
          signInKey: 'A'.repeat(43),
        }),
      );
    }
    return answers;
  });
  const known = { ...csrf, cookie: `${csrf.cookie}; ${browser}` };
  const own = await inTurns(17, 1, () => signInFrom(app, '10.3.0.1', known, owner));
  const fresh = await inTurns(8, 1, (index) =>
    signInFrom(app, `10.3.1.${String(index)}`, csrf, owner),
  );
  isOver = true;
  const tried = (await Promise.all(crowd)).flat();
  const slowest = Math.max(...[...own, ...fresh].map(({ ended, begun }) => ended - begun));
  console.log(
    `${String(tried.length)} wrong keys from 40 addresses; the slowest right sign-in took ${String(Math.round(slowest))} ms.`,
  );
  // Who is of the crowd may be told that there is no room, and is never told so by a 401.
  for (const { status, refusal } of tried) {
    expect(refusal).toBe(status === 503 ? 'busy' : 'sign_in_wrong');
  }
  expect([...own, ...fresh].map(({ status }) => status)).toEqual(Array(25).fill(200));
  expect(slowest).toBeLessThan(8_000);
});

test('500 addresses that guess one account get ten tries of it, and its person signs in meanwhile', async ({
  app,
}) => {
  const { owner, browser, csrf } = await ownerOf(app);
  const wrong = () => randomBytes(32).toString('base64url');
  const [guessers, own] = await Promise.all([
    inTurns(500, 16, (index) =>
      signInFrom(app, `10.1.${String(index >> 8)}.${String(index & 255)}`, csrf, {
        email: owner.email,
        signInKey: wrong(),
      }),
    ),
    inTurns(17, 1, () =>
      signInFrom(app, '10.1.0.1', { ...csrf, cookie: `${csrf.cookie}; ${browser}` }, owner),
    ),
  ]);
  const looked = guessers.filter(({ refusal }) => refusal === 'sign_in_wrong').length;
  const slowed = guessers.filter(({ refusal }) => refusal === 'sign_in_slowed').length;
  console.log(
    `500 guesses from 500 addresses in ${String(spanOf(guessers))} ms: ${String(looked)} looked at, ${String(slowed)} slowed. Their person, in their own browser: ${String(own.filter(({ status }) => status === 200).length)} of 17 signed in.`,
  );
  expect(looked).toBeGreaterThanOrEqual(10);
  // On a slow machine the first waits, of 30 and 60 seconds, are over before the last have tried.
  expect(looked).toBeLessThanOrEqual(13);
  expect(slowed).toBe(500 - looked);
  expect(own.map(({ status }) => status)).toEqual(Array(17).fill(200));
  const failed = await fetch(`${app.url}/settings/security`, {
    headers: { cookie: owner.cookie },
  });
  expect(await failed.text()).toContain('500 failed tries since');
  expect(app.log()).toContain('"event":"try_slowed","at":"password"');
  expect(app.log()).not.toContain(owner.email);
});

test('an address over its limit keeps nobody who is known there from signing in, and nobody from signing out', async ({
  app,
}) => {
  const { owner, browser, csrf } = await ownerOf(app);
  const office = '198.51.100.77';
  const wrong = { email: 'nobody@example.org', signInKey: 'A'.repeat(43) };
  const tries = await inTurns(140, 4, () => signInFrom(app, office, csrf, wrong));
  expect(tries.at(-1)).toMatchObject({ status: 429, refusal: 'too_many_requests' });
  const known = { ...csrf, cookie: `${csrf.cookie}; ${browser}` };
  const { status, session } = await signInFrom(app, office, known, owner);
  expect(status).toBe(200);
  const headers = { cookie: `${csrf.cookie}; ${session}`, origin: app.url };
  const left = await fetch(`${app.url}/api/auth/signout`, {
    method: 'POST',
    headers: { ...headers, 'sec-fetch-site': 'same-origin', 'X-Forwarded-For': office },
    body: new URLSearchParams({ csrfToken: csrf.csrfToken, callbackUrl: 'https://evil.example' }),
  });
  expect(await left.json()).toEqual({ url: `${app.url}/sign-in` });
  const page = await fetch(`${app.url}/settings`, { headers, redirect: 'manual' });
  expect(page.status, 'the session has ended').toBe(307);
});

interface Csrf {
  readonly csrfToken: string;
  readonly cookie: string;
}

interface SignInAnswer {
  readonly status: number;
  readonly refusal: string | null;
  /** For a `Cookie` header. */
  readonly session: string;
  readonly browser: string;
  /** Milliseconds of this process. */
  readonly begun: number;
  readonly ended: number;
}

let known: Promise<{ owner: HttpStaff; browser: string; csrf: Csrf }> | undefined;

/** The owner of the app, made once, and the cookie of a browser in which they have signed in. */
function ownerOf(app: RunningApp) {
  known ??= (async () => {
    const owner = await signUpOwnerOverHttp(app.url);
    const answer = await fetch(`${app.url}/api/auth/csrf`);
    const { csrfToken } = (await answer.json()) as { csrfToken: string };
    const csrf = { csrfToken, cookie: answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '' };
    const { browser } = await signInFrom(app, '10.0.0.1', csrf, owner);
    return { owner, browser, csrf };
  })();
  return known;
}

async function signInFrom(
  { url }: RunningApp,
  address: string,
  { csrfToken, cookie }: Csrf,
  { email, signInKey }: Pick<HttpStaff, 'email' | 'signInKey'>,
): Promise<SignInAnswer> {
  const begun = performance.now();
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: {
      origin: url,
      'sec-fetch-site': 'same-origin',
      'X-Forwarded-For': address,
      cookie,
    },
    body: new URLSearchParams({ email, signInKey, code: '', csrfToken }),
  });
  const { refusal = null } = (await answer.json()) as { refusal?: string };
  const set = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
  const named = (name: string) => set.find((line) => line.startsWith(`${name}=`)) ?? '';
  return {
    status: answer.status,
    refusal,
    session: named('sealpost-session'),
    browser: named('sealpost-browser'),
    begun,
    ended: performance.now(),
  };
}

/** Milliseconds from the first to the last. */
function spanOf(answers: readonly SignInAnswer[]): number {
  const [begun, ended] = [answers.map((one) => one.begun), answers.map((one) => one.ended)];
  return Math.round(Math.max(...ended) - Math.min(...begun));
}

/** So many, some of them at once. */
async function inTurns<Result>(
  count: number,
  atOnce: number,
  act: (index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const go = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      results[index] = await act(index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, go));
  return results;
}

/** As if a proxy had passed it on. */
function from(address: string): RequestInit {
  return { headers: { 'X-Forwarded-For': address } };
}

/** Sends a body of 300 MB in pieces, as fast as it is taken, until the connection is closed. */
async function sendChunked(
  { port }: RunningApp,
  path: string,
): Promise<{ answer: string; sent: number }> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  let sent = 0;
  socket.on('data', (data) => {
    answer += data.toString('latin1');
  });
  socket.on('error', () => undefined);
  const closed = heard(socket, 'close');
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: localhost:${String(port)}\r\nContent-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n`,
  );
  const piece = `${MEGABYTE.toString(16)}\r\n${'x'.repeat(MEGABYTE)}\r\n`;
  while (!socket.closed && sent < BODY) {
    sent += MEGABYTE;
    if (!socket.write(piece)) await Promise.race([heard(socket, 'drain'), closed]);
  }
  socket.end('0\r\n\r\n');
  await closed;
  return { answer, sent };
}

function heard(socket: Socket, event: 'close' | 'drain'): Promise<void> {
  return new Promise((resolve) => {
    socket.once(event, resolve);
  });
}

/** The most that it ever held; 0 where the system does not say. */
async function residentBytes({ pid }: RunningApp): Promise<number> {
  const file = `/proc/${String(pid)}/status`;
  if (!existsSync(file)) return 0;
  const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB/m.exec(await readFile(file, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

/** Everything that is alive on the heap, after a collection, as one text. */
async function heapSnapshot({ pid, url, dataDir }: RunningApp): Promise<Buffer> {
  const find = async () => (await readdir(dataDir)).find((name) => name.endsWith('.heapsnapshot'));
  process.kill(pid, 'SIGUSR2');
  await expect.poll(find, { timeout: 60_000 }).toBeDefined();
  // It is written in one go, and nothing is answered meanwhile.
  await fetch(`${url}/api/health`);
  return readFile(join(dataDir, (await find()) ?? ''));
}
