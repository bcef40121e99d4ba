import { describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '@/lib/server/http/request-body';
import { decide, type GateRequest } from '@/lib/server/http/request-gate';

const LOCAL = new URL('http://localhost:3000');
const PUBLIC = new URL('https://send.agency.example');

function request(changes: Partial<GateRequest> = {}): GateRequest {
  return {
    method: 'GET',
    url: '/',
    headers: { host: 'localhost:3000' },
    isHttps: false,
    takesCookies: true,
    ...changes,
  };
}

function post(headers: GateRequest['headers'], appUrl = LOCAL, isHttps = false): string | number {
  const form = { 'content-type': 'multipart/form-data; boundary=x', ...headers };
  const decision = decide(request({ method: 'POST', headers: form, isHttps }), appUrl);
  return decision.kind === 'refuse' ? decision.status : decision.kind;
}

describe('what may change something', () => {
  it.each([
    ['our own origin', { host: 'localhost:3000', origin: 'http://localhost:3000' }],
    [
      'the same machine under its other name',
      { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' },
    ],
    [
      'a hidden origin that the browser vouches for',
      { host: 'localhost:3000', origin: 'null', 'sec-fetch-site': 'same-origin' },
    ],
    ['a text browser, which sends no origin', { host: 'localhost:3000' }],
  ])('%s passes', (_name, headers) => {
    expect(post(headers)).toBe('pass');
  });

  it.each([
    ['a form of another kind', { 'content-type': 'application/x-www-form-urlencoded' }, 400],
    ['a body of no kind', { 'content-type': undefined }, 400],
    ['a script’s call', { 'content-type': 'text/plain', 'next-action': 'x' }, 'pass'],
  ])('%s is what a page takes, or is refused', (_name, headers, answer) => {
    expect(post({ host: 'localhost:3000', ...headers })).toBe(answer);
  });

  it.each([
    ['another site', { host: 'localhost:3000', origin: 'https://evil.example' }, 403],
    [
      'another port of this machine',
      { host: 'localhost:3000', origin: 'http://localhost:4000' },
      403,
    ],
    ['another scheme', { host: 'localhost:3000', origin: 'https://localhost:3000' }, 403],
    ['a null origin that nobody vouches for', { host: 'localhost:3000', origin: 'null' }, 403],
    [
      'a null origin of another site',
      { host: 'localhost:3000', origin: 'null', 'sec-fetch-site': 'cross-site' },
      403,
    ],
    [
      'another site that sends no origin',
      { host: 'localhost:3000', 'sec-fetch-site': 'cross-site' },
      403,
    ],
    [
      'a sister site',
      { host: 'localhost:3000', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' },
      403,
    ],
    ['a missing origin with a cookie', { host: 'localhost:3000', cookie: 'a=b' }, 403],
    ['a poisoned host', { host: 'evil.example' }, 421],
    ['no host at all', {}, 421],
    ['an origin that is no address', { host: 'localhost:3000', origin: 'localhost' }, 403],
    [
      'a body over the limit',
      { host: 'localhost:3000', 'content-length': String(MAX_BODY_BYTES + 1) },
      413,
    ],
  ])('%s is refused', (_name, headers, status) => {
    expect(post(headers)).toBe(status);
  });

  it('a cookie that would not count is nothing to refuse', () => {
    const headers = { host: 'localhost:3000', cookie: 'a=b', 'content-type': 'application/json' };
    const program = { method: 'POST', url: '/api/v1/secrets', headers };
    const decisions = [true, false].map(
      (takesCookies) => decide(request({ ...program, takesCookies }), LOCAL).kind,
    );
    expect(decisions).toEqual(['refuse', 'pass']);
  });

  it('a loopback origin does not pass for a public instance', () => {
    expect(post({ host: 'send.agency.example', origin: 'https://localhost' }, PUBLIC, true)).toBe(
      403,
    );
  });
});

describe('https', () => {
  it('a page asked for by http is redirected to its https address', () => {
    expect(decide(request({ url: '/m/abc?x=1' }), PUBLIC)).toEqual({
      kind: 'redirect',
      location: 'https://send.agency.example/m/abc?x=1',
    });
  });

  it('a form posted by http is refused, not redirected with its secret', () => {
    expect(
      post({ host: 'send.agency.example', origin: 'https://send.agency.example' }, PUBLIC),
    ).toBe(403);
  });

  it('the health check answers by http, for the machine itself', () => {
    expect(decide(request({ url: '/api/health' }), PUBLIC)).toEqual({ kind: 'pass' });
  });
});

describe('what is not offered', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', ''])(
    '%s is refused',
    (method) => {
      expect(decide(request({ method }), LOCAL)).toEqual({ kind: 'refuse', status: 405 });
    },
  );

  it.each(['//evil.example/', 'http://evil.example/', '*'])('the target %s is refused', (url) => {
    expect(decide(request({ url }), LOCAL)).toEqual({ kind: 'refuse', status: 400 });
  });

  it.each(['/./', '/x/../sign-in', '/%2e/how-it-works', '/x/%2E%2e', '/..'])(
    'a path with dots for steps is refused: %s',
    (url) => {
      expect(decide(request({ url }), LOCAL)).toEqual({ kind: 'refuse', status: 400 });
    },
  );

  it('the image optimizer is off', () => {
    expect(decide(request({ url: '/_next/image?url=%2Ficon.png&w=64&q=75' }), LOCAL)).toEqual({
      kind: 'refuse',
      status: 404,
    });
  });
});
