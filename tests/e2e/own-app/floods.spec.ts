import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '@/scripts/setup/paths.mjs';
import { startApp, type RunningApp } from '@/tests/support/app';
import { PAGES } from '../support/access-rules';
import { findActions, readBuiltActions } from '../support/app-surface';
import { canary } from '../support/canary';
import { postForm, readPostForm, unescapeHtml } from '../support/html-forms';
import { callWithForm } from '../support/server-actions';
import { expect, test as base } from '../support/test';

const test = base.extend<object, { app: RunningApp }>({
  app: [
    async ({}, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'sealpost-floods-'));
      const NODE_OPTIONS = `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${dataDir}`;
      const env = { TRUSTED_PROXIES: '127.0.0.1,::1', NODE_OPTIONS };
      const app = await startApp({ dataDir, env });
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
    // Refused before their bodies were looked at: the answer is out, and the connection is cut all the same.
    ['/nope', 404],
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
  const heap = await heapSnapshot(app);
  expect(heap.includes(new URL(app.url).host), 'the search finds what is there').toBe(true);
  expect(heap.includes(secret), 'plaintext').toBe(false);
  expect(heap.includes(passphrase), 'passphrase').toBe(false);
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
  const limits = await limitsOfActions();
  const doors = [...limits].filter(([, limit]) => limit === 'signIn');
  expect(doors.length).toBeGreaterThan(5);
  for (const [key, limit] of limits) {
    const action = built.get(key);
    const path = action === undefined ? undefined : PAGES[`${action.page}.tsx`]?.path;
    if (action === undefined || path === undefined) throw new Error(`${key} is not in the build.`);
    const { status } = await callWithForm(app.url + path, action.id, {}, from(exhausted));
    expect(status === 429, key).toBe(limit === 'signIn');
  }
});

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
    `POST ${path} HTTP/1.1\r\nHost: localhost:${String(port)}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`,
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

/** The limit of every action, by file and name, as the sources say it. */
async function limitsOfActions(): Promise<ReadonlyMap<string, string>> {
  const limits = new Map<string, string>();
  for (const { key } of await findActions()) {
    const [file = '', name = ''] = key.split(/ (?=\w+$)/);
    const source = await readFile(join(ROOT, file), 'utf8');
    const [, called = ''] =
      new RegExp(`export async function ${name}\\([^{]*\\{\\s*return (\\w+)\\(`).exec(source) ?? [];
    const [, rules = ''] =
      new RegExp(`const ${called} = \\w+([\\s\\S]*?)\\n\\}\\);`).exec(source) ?? [];
    limits.set(key, /limit: '(\w+)'/.exec(rules)?.[1] ?? '');
  }
  return limits;
}
