import { everyPage } from '../support/every-page';
import { postForm, readPostForm } from '../support/html-forms';
import { sealInBrowser, sealOnServer } from '../support/seal-over-http';
import { callWithForm, readActionIds } from '../support/server-actions';
import { expect, test } from '../support/test';

const EXACTLY: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const CLOSED = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'display-capture'];

/** Directives that every policy must have, word for word. */
const DIRECTIVES = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "style-src 'self'",
  "connect-src 'self'",
];

test('every kind of answer carries every security header', async ({ origin }) => {
  const pages = await everyPage(origin);
  const addresses = [
    ...Object.keys(pages),
    `${origin}/api/health`,
    `${origin}/api/v1/openapi.json`,
    `${origin}/api/v1/secrets`,
    `${origin}/api/v1/nothing`,
    `${origin}/theme.js`,
    `${origin}/robots.txt`,
    `${origin}/how-it-works/`,
    `${origin}/_next/image?url=%2Ficon.svg&w=64&q=75`,
    `${origin}//nothing`,
  ];
  for (const address of addresses) {
    for (const method of ['GET', 'HEAD']) {
      const answer = await fetch(address, { method, redirect: 'manual' });
      expectSecured(answer.headers, `${method} ${address}`);
    }
  }
  for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    const answer = await fetch(`${origin}/`, { method });
    expect(answer.status).toBe(405);
    expectSecured(answer.headers, method);
  }
});

test('pages answer with the status of what they say', async ({ origin }) => {
  for (const [address, status] of Object.entries(await everyPage(origin))) {
    expect((await fetch(address)).status, address).toBe(status);
  }
});

test('every script of every page carries the mark by which proxies leave it alone', async ({
  origin,
}) => {
  for (const address of Object.keys(await everyPage(origin))) {
    const scripts = (await (await fetch(address)).text()).match(/<script[^>]*>/g) ?? [];
    expect(scripts.length, address).toBeGreaterThan(1);
    expect(
      scripts.filter((script) => !script.includes('data-cfasync="false"')),
      address,
    ).toEqual([]);
  }
});

test('nothing about a message may be stored by a cache', async ({ origin }) => {
  const { link, statusLink } = await sealOnServer(origin, { secret: 'not to be kept' });
  const browser = await sealInBrowser(origin, { secret: 'not to be kept' });
  for (const address of [link, statusLink, browser.link, `${origin}/m/nothing`]) {
    const { headers } = await fetch(address);
    expect(headers.get('cache-control'), address).toBe('no-store, no-transform');
    expect(headers.get('etag'), address).toBeNull();
  }

  const form = readPostForm(await (await fetch(link)).text(), link);
  const opened = await postForm(form, { show: 'yes', intent: 'open' });
  expect(await opened.text()).toContain('not to be kept');
  expect(opened.headers.get('cache-control')).toBe('no-store, no-transform');
  expectSecured(opened.headers, 'the opened page');

  const composed = await fetch(`${origin}/`);
  expect(composed.headers.get('cache-control')).toBe('no-store, no-transform');
  const result = await postForm(readPostForm(await composed.text(), `${origin}/`), { secret: 'x' });
  expect(result.status).toBe(200);
  expect(result.headers.get('cache-control')).toBe('no-store, no-transform');
  expectSecured(result.headers, 'the result page');

  const id = (await readActionIds(browser.link)).get('knock') ?? '';
  const { token, knockProof } = browser.claim;
  const answer = await callWithForm<{ status: string }>(browser.link, id, { token, knockProof });
  expect(answer.outcome?.status).toBe('waiting');
});

test('scripts of a page run by a nonce of that answer alone, or by the hash of their text', async ({
  origin,
}) => {
  const { link, statusLink } = await sealOnServer(origin, { secret: 'x' });
  for (const address of [`${origin}/`, link, statusLink]) {
    const [first, second] = [await nonceOf(address), await nonceOf(address)];
    expect(first).not.toBe('');
    expect(first).not.toBe(second);
  }
  for (const address of [`${origin}/how-it-works`, `${origin}/nothing`]) {
    const { headers } = await fetch(address);
    expect(headers.get('content-security-policy')).toMatch(/'sha256-[\w+/]{43}='/);
  }
});

test('no title, description or preview tells one secret from another', async ({ origin }) => {
  const waiting = await sealOnServer(origin, { secret: 'x', note: 'for Ada' });
  const locked = await sealOnServer(origin, { secret: 'x', passphrase: 'p' });
  const browser = await sealInBrowser(origin, { secret: 'x' });
  const heads = await Promise.all(
    [waiting.link, locked.link, browser.link, `${origin}/m/nothing`].map(headOf),
  );
  expect(new Set(heads).size).toBe(1);
  const [head = ''] = heads;
  expect(head).toContain('<title>A secret for you');
  expect(head).toMatch(/<meta name="robots" content="noindex/);
  expect(head).not.toMatch(/og:|twitter:|http-equiv/i);
  expect(await headOf(waiting.statusLink)).not.toContain('Ada');
});

test('the framework says nothing of itself and offers nothing that is not used', async ({
  origin,
}) => {
  const { headers } = await fetch(`${origin}/`);
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('server')).toBeNull();
  for (const path of ['/_next/image?url=%2Ficon.svg&w=64&q=75', '/_next/data/x/index.json']) {
    expect((await fetch(origin + path)).status, path).toBe(404);
  }
  const html = await (await fetch(`${origin}/`)).text();
  const scripts = [...html.matchAll(/src="(\/_next\/[^"]+\.js)"/g)].map(([, path]) => path ?? '');
  expect(scripts.length).toBeGreaterThan(3);
  for (const path of scripts) {
    expect(await (await fetch(origin + path)).text(), path).not.toContain('sourceMappingURL');
    expect((await fetch(`${origin}${path}.map`)).status, path).toBe(404);
  }
});

function expectSecured(headers: Headers, what: string): void {
  for (const [name, value] of Object.entries(EXACTLY)) {
    expect(headers.get(name), `${what}: ${name}`).toBe(value);
  }
  expect(headers.get('x-robots-tag'), what).toContain('noindex');
  const permissions = headers.get('permissions-policy') ?? '';
  for (const feature of CLOSED) expect(permissions, what).toContain(`${feature}=()`);

  const policy = headers.get('content-security-policy') ?? '';
  const directives = policy.split('; ');
  for (const directive of DIRECTIVES) expect(directives, what).toContain(directive);
  expect(policy, what).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*|https?:/);
}

async function nonceOf(address: string): Promise<string> {
  const answer = await fetch(address);
  const policy = answer.headers.get('content-security-policy') ?? '';
  const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  expect(await answer.text()).toContain(`nonce="${nonce}"`);
  return nonce;
}

/** What previews read of a page: its title and its meta elements, wherever they stand. */
async function headOf(address: string): Promise<string> {
  const html = await (await fetch(address)).text();
  const markup = html.replace(/<script\b[\s\S]*?<\/script>/g, '');
  return [...markup.matchAll(/<title>[^<]*<\/title>|<meta\b[^>]*>/g)].join('\n');
}
