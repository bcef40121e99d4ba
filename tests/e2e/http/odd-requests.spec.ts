import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { postForm, readPostForm } from '../support/html-forms';
import { sealInBrowser, sealOnServer } from '../support/seal-over-http';
import { expect, test } from '../support/test';

test.afterEach(async ({ origin }) => {
  expect((await fetch(`${origin}/api/health`)).status).toBe(200);
});

test('a connection that asks for anything but an ordinary request is closed at once', async ({
  origin,
}) => {
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
  for (const head of [
    `GET /nope HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`,
    `GET / HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`,
    `GET /_next/webpack-hmr HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`,
    'CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: localhost\r\nExpect: something\r\nContent-Length: 1\r\n\r\n',
    'nothing that is HTTP\r\n\r\n',
  ]) {
    const sockets = await Promise.all(Array.from({ length: 20 }, () => dial(origin)));
    const ended = sockets.map((socket) => answerOf(socket));
    for (const socket of sockets) socket.write(head);
    for (const answer of await Promise.all(ended))
      expect(answer, head).toMatch(/^(HTTP\/1\.1 4|$)/);
  }
});

test('an address that can’t be decoded gets a sentence, and a rewritten link its page', async ({
  origin,
}) => {
  const broken = await fetch(`${origin}/how-it-works/%`);
  expect(broken.status).toBe(400);
  expect(await broken.text()).toBe('This request is malformed.\n');
  for (const path of ['/m/%', '/m/%E0%A4%A', '/s/%', '/r/%']) {
    const answer = await fetch(origin + path);
    expect(answer.status, path).toBe(404);
    expect(await answer.text(), path).toContain('<h1');
  }
  const { link } = await sealInBrowser(origin, { secret: 's' });
  const [page = '', key = ''] = link.split('#');
  for (const rewritten of [`${page}%23${key}`, `${page}/%23${key}`, `${page}/?a=b%23${key}`]) {
    const answer = await fetch(rewritten);
    expect(answer.status, rewritten.replace(key, '')).toBe(200);
    expect(await answer.text()).not.toContain(key);
  }
  const token = page.slice(-34);
  const spelledOut = `%${token.charCodeAt(0).toString(16)}${token.slice(1)}`;
  expect((await fetch(`${origin}/m/${spelledOut}`)).status, 'one link has one spelling').toBe(404);
});

test('the length of what was opened does not show in the length of the answer', async ({
  origin,
}) => {
  const lengths = [];
  for (const secret of ['x'.repeat(3000), randomBytes(2250).toString('base64'), 'short']) {
    const { link } = await sealOnServer(origin, { secret });
    const form = readPostForm(await (await fetch(link)).text(), link);
    const answer = await postForm(form, { show: 'yes', intent: 'open' });
    expect(answer.headers.get('content-encoding')).toBeNull();
    const html = await answer.text();
    expect(html).toContain(secret);
    lengths.push(Buffer.byteLength(html));
  }
  expect(new Set(lengths).size).toBe(1);
});

function dial(origin: string): Promise<Socket> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** What the server said until it closed the connection; '' if it said nothing. */
function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}
