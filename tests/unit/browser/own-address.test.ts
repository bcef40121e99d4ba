import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readAddress } from '@/lib/browser/browser-link';
import { ownAddress } from '@/lib/browser/leave-page';
import { properUrl } from '@/lib/server/http/link-address';
import { decide } from '@/lib/server/http/request-gate';
import { ROOT } from '@/scripts/setup/paths.mjs';
import { ADDRESSES_ELSEWHERE } from '@/tests/support/addresses-elsewhere';

const HERE = new URL('http://localhost:3000/sign-in');

beforeEach(() => {
  vi.stubGlobal('location', { origin: HERE.origin, protocol: HERE.protocol });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Where a browser on our sign-in page is, once it was told to go there. */
const wentTo = (address: string) => new URL(address, HERE);

describe('an address to go on to', () => {
  it.each(ADDRESSES_ELSEWHERE)('leads to this site or nowhere: %j', (text) => {
    const address = ownAddress(text);
    if (address === null) return;
    const { origin, protocol, username, password } = wentTo(address);
    expect({ origin, protocol, username, password }).toEqual({
      origin: HERE.origin,
      protocol: 'http:',
      username: '',
      password: '',
    });
    expect(address, 'the address that was looked at, whole').toBe(new URL(text, HERE.origin).href);
  });

  it.each(['blob:http://localhost:3000/0d5c0b1e', 'http://evil.example@localhost:3000/'])(
    'is none that has our origin and is no page of ours: %s',
    (text) => {
      expect(ownAddress(text)).toBeNull();
    },
  );

  it.each(['/dashboard', '/requests/0123456789abcdef?x=1#replies', '/requests/new'])(
    'is kept with its query and fragment: %s',
    (text) => {
      expect(ownAddress(text)).toBe(HERE.origin + text);
    },
  );

  it('is none where none was given', () => {
    expect(ownAddress(null)).toBeNull();
  });
});

describe('whatever else an address may make a browser go to', () => {
  it.each(ADDRESSES_ELSEWHERE)('stays on this site, as a link that is put right: %j', (tail) => {
    for (const text of [tail, `/m/${'A'.repeat(34)}${tail}`, `/m/${tail}`]) {
      if (!URL.canParse(text, HERE)) continue;
      const read = readAddress(new URL(text, HERE));
      if (read.kind === 'rewritten') expect(wentTo(read.address).origin).toBe(HERE.origin);
    }
  });

  it.each(ADDRESSES_ELSEWHERE)('stays on this site, as a request that came by http: %j', (url) => {
    const appUrl = new URL('https://seal.example');
    const asked = { method: 'GET', url, headers: {}, isHttps: false, takesCookies: true };
    const decision = decide(asked, appUrl);
    if (decision.kind !== 'redirect') return;
    expect(new URL(decision.location).origin).toBe(appUrl.origin);
  });

  it.each(ADDRESSES_ELSEWHERE)(
    'never reaches the framework as the address of a host: %j',
    (url) => {
      const asked = { method: 'GET', url, headers: {}, isHttps: true, takesCookies: true };
      const decision = decide(asked, HERE);
      if (decision.kind === 'pass') expect(properUrl(url) ?? '/').toMatch(/^\/(?!\/)/);
    },
  );
});

it('a browser is sent on by addresses of our own words alone, or by this one function', () => {
  const sends =
    /\blocation\.(?:assign|replace)\(|\blocation(?:\.href)? = |\bwindow\.open\(|\bleaveFor\(/g;
  // `leaveFor` passes on what it is called with, and its calls are looked at like the others.
  const allowed =
    /^(?:(?:[\w.(), =]+ \? '\/[\w-]*' : )?'\/[\w/-]*'|ownAddress\(|proper\)|location\.pathname\)|path\)|path: string\))/;
  const found: string[] = [];
  for (const folder of ['app', 'components', 'lib/browser']) {
    for (const file of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(file)) continue;
      const source = readFileSync(join(ROOT, folder, file), 'utf8');
      for (const { index, 0: call } of source.matchAll(sends)) {
        const given = source.slice(index + call.length).trimStart();
        if (!allowed.test(given)) found.push(`${folder}/${file}: ${given.slice(0, 60)}`);
      }
    }
  }
  expect(found).toEqual([]);
});
