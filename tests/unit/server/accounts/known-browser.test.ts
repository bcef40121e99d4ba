import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Here from '@/lib/server/accounts/known-browser';
import { forgetRuntime } from '@/tests/support/runtime';

const NAME = '__Host-sealpost-browser';
const ADA = '11111111-1111-4111-8111-111111111111';
const BEN = '22222222-2222-4222-8222-222222222222';

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

describe('a browser that signed in', () => {
  it('is known to that account from then on, and to no other', async () => {
    expect(await here.knownBrowser.knownTo(ADA)).toBeNull();
    await here.knownBrowser.remember(ADA);
    const id = await here.knownBrowser.knownTo(ADA);
    expect(id).toMatch(/^[\w-]{22}$/);
    expect(await here.knownBrowser.knownTo(BEN)).toBeNull();
    await here.knownBrowser.remember(BEN);
    expect(await here.knownBrowser.knownTo(ADA)).toBe(id);
    expect(await here.knownBrowser.knownTo(BEN)).toBe(id);
  });

  it('keeps a cookie for a year and more, which no script and no other site reads, and which names nobody', async () => {
    await here.knownBrowser.remember(ADA);
    expect(options).toMatchObject({ httpOnly: true, sameSite: 'lax', secure: true, path: '/' });
    expect(options['maxAge']).toBeGreaterThan(365 * 24 * 60 * 60);
    expect(cookie()).not.toContain(ADA);
  });

  it('is not known by a cookie that is made up, altered, or put together from two', async () => {
    await here.knownBrowser.remember(ADA);
    const [id = '', itself = '', mark = ''] = cookie().split('.');
    jar.clear();
    await here.knownBrowser.remember(BEN);
    const [other = '', otherItself = ''] = cookie().split('.');
    for (const made of [
      '',
      '.',
      '..',
      id,
      `${id}.${itself}`,
      `${id}..${mark}`,
      `.${itself}.${mark}`,
      `${other}.${otherItself}.${mark}`,
      `${id}.${itself}.${mark.slice(1)}`,
      `${id}.${mark}.${itself}`,
      `${'A'.repeat(22)}.${'A'.repeat(22)}.${'A'.repeat(22)}`,
    ]) {
      jar.set(NAME, made);
      expect(await here.knownBrowser.knownTo(ADA), made).toBeNull();
    }
    jar.set(NAME, `${id}.${itself}.${mark}`);
    expect(await here.knownBrowser.knownTo(ADA)).toBe(id);
  });

  it('is limited by itself; one that is not known, by its address', async () => {
    expect(await here.signInParty()).toBe('unknown');
    await here.knownBrowser.remember(ADA);
    expect(await here.signInParty()).toBe(`browser ${cookie().split('.')[0] ?? ''}`);
    jar.set(NAME, `${'A'.repeat(22)}.${'A'.repeat(22)}`);
    expect(await here.signInParty()).toBe('unknown');
  });

  it('keeps the marks of the last eight accounts', async () => {
    const accounts = Array.from({ length: 10 }, (_, index) => ADA.replace('1', String(index)));
    for (const account of accounts) await here.knownBrowser.remember(account);
    const known = await Promise.all(accounts.map((account) => here.knownBrowser.knownTo(account)));
    expect(known.map((id) => id !== null)).toEqual(accounts.map((_, index) => index > 1));
    expect(cookie().length).toBeLessThan(400);
  });
});
