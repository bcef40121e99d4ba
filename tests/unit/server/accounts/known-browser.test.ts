import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Here from '@/lib/server/accounts/known-browser';
import { forgetRuntime } from '@/tests/support/runtime';

const NAME = '__Host-sealpost-browser';
const ADA = { accountId: '11111111-1111-4111-8111-111111111111', signInHash: 'hash of Ada' };
const BEN = { accountId: '22222222-2222-4222-8222-222222222222', signInHash: 'hash of Ben' };
/** Browsers in which somebody signs in who knows the password. */
const MINTED = 60;

let directory: string;
/** The cookies of the browser that asks. */
let jar: Map<string, string>;
let options: Record<string, unknown>;
let here: typeof Here;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-browser-'));
  forgetRuntime();
  vi.stubEnv('KEYRING_FILE', join(directory, 'keyring.json'));
  vi.stubEnv('APP_URL', 'https://seal.example');
  jar = new Map();
  vi.resetModules();
  vi.doMock('next/headers', () => ({
    cookies: () =>
      Promise.resolve({
        get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
        set: (name: string, value: string, given: Record<string, unknown>) => {
          jar.set(name, value);
          options = given;
        },
      }),
  }));
  here = await import('@/lib/server/accounts/known-browser');
});

afterEach(async () => {
  vi.doUnmock('next/headers');
  vi.resetModules();
  vi.unstubAllEnvs();
  forgetRuntime();
  await rm(directory, { recursive: true, force: true });
});

const cookie = () => jar.get(NAME) ?? '';

/** Where the tries of so many browsers count that sign in one after the other, each without a cookie. */
async function mint(count: number): Promise<{ cookies: string[]; places: Set<string | null> }> {
  const cookies: string[] = [];
  const places = new Set<string | null>();
  for (let browsers = 0; browsers < count; browsers += 1) {
    jar.clear();
    await here.knownBrowser.remember(ADA);
    cookies.push(cookie());
    places.add(await here.knownBrowser.knownTo(ADA));
  }
  return { cookies, places };
}

describe('a browser that signed in', () => {
  it('is known to that account from then on, and to no other', async () => {
    expect(await here.knownBrowser.knownTo(ADA)).toBeNull();
    await here.knownBrowser.remember(ADA);
    const place = await here.knownBrowser.knownTo(ADA);
    expect(place).toContain(ADA.accountId);
    expect(await here.knownBrowser.knownTo(BEN)).toBeNull();
    await here.knownBrowser.remember(BEN);
    expect(await here.knownBrowser.knownTo(ADA)).toBe(place);
    expect(await here.knownBrowser.knownTo(BEN)).toContain(BEN.accountId);
  });

  it('counts with others in one of four places, however many sign in, and is limited with them', async () => {
    const { cookies, places } = await mint(MINTED);
    expect(places.size).toBe(4);
    expect(places).not.toContain(null);
    const parties = new Set<string>();
    for (const made of cookies) {
      jar.set(NAME, made);
      parties.add(await here.signInParty());
    }
    expect(parties.size).toBe(4);
  });

  it('counts in one place with all that knew a password from before, until it signs in again', async () => {
    const { cookies, places } = await mint(MINTED);
    const changed = { ...ADA, signInHash: 'hash of the next password' };
    const before = new Set<string | null>();
    for (const made of cookies) {
      jar.set(NAME, made);
      before.add(await here.knownBrowser.knownTo(changed));
    }
    const [only] = before;
    expect(before.size).toBe(1);
    expect(only).toContain(ADA.accountId);
    expect(places).not.toContain(only);
    await here.knownBrowser.remember(changed);
    expect(await here.knownBrowser.knownTo(changed)).not.toBe(only);
    expect(await here.knownBrowser.knownTo(ADA)).toBe(only);
    expect(cookie().split('.')).toHaveLength(4);
  });

  it('keeps a cookie for a year and more, which no script and no other site reads, and which names nobody', async () => {
    await here.knownBrowser.remember(ADA);
    expect(options).toMatchObject({ httpOnly: true, sameSite: 'lax', secure: true, path: '/' });
    expect(options['maxAge']).toBeGreaterThan(365 * 24 * 60 * 60);
    for (const word of Object.values(ADA)) expect(cookie()).not.toContain(word);
  });

  it('is not known by a cookie that is made up, altered, or put together from two', async () => {
    await here.knownBrowser.remember(ADA);
    const [id = '', party = '', itself = '', mark = ''] = cookie().split('.');
    jar.clear();
    await here.knownBrowser.remember(BEN);
    const [other = '', otherParty = '', otherItself = ''] = cookie().split('.');
    for (const made of [
      '',
      '.',
      '...',
      id,
      `${id}.${party}.${itself}`,
      `${id}.${party}..${mark}`,
      `${id}..${itself}.${mark}`,
      `.${party}.${itself}.${mark}`,
      `${other}.${otherParty}.${otherItself}.${mark}`,
      `${id}.${otherParty}.${itself}.${mark}`,
      `${id}.${party}.${itself}.${mark.slice(1)}`,
      `${id}.${party}.${itself}.${mark.startsWith('A') ? 'B' : 'A'}${mark.slice(1)}`,
      `${id}.${party}.${mark}.${itself}`,
      `${'A'.repeat(22)}.${'A'.repeat(22)}.${'A'.repeat(22)}.${'A'.repeat(33)}`,
    ]) {
      jar.set(NAME, made);
      expect(await here.knownBrowser.knownTo(ADA), made).toBeNull();
    }
    jar.set(NAME, `${id}.${party}.${itself}.${mark}`);
    expect(await here.knownBrowser.knownTo(ADA)).not.toBeNull();
  });

  it('is limited as one that signed in; one that is not known, by its address', async () => {
    expect(await here.signInParty()).toBe('unknown');
    await here.knownBrowser.remember(ADA);
    expect(await here.signInParty()).toBe(`browser ${cookie().split('.')[1] ?? ''}`);
    jar.set(NAME, Array.from({ length: 3 }, () => 'A'.repeat(22)).join('.'));
    expect(await here.signInParty()).toBe('unknown');
  });

  it('keeps the marks of the last eight accounts', async () => {
    const accounts = Array.from({ length: 10 }, (_, index) => ({
      ...ADA,
      accountId: ADA.accountId.replace('1', String(index)),
    }));
    for (const account of accounts) await here.knownBrowser.remember(account);
    const known: (string | null)[] = [];
    // One after the other: of imports at once Vitest replaces only one by what stands in for it.
    for (const account of accounts) known.push(await here.knownBrowser.knownTo(account));
    expect(known.map((id) => id !== null)).toEqual(accounts.map((_, index) => index > 1));
    expect(cookie().length).toBeLessThan(400);
  });
});
