import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { withinLimit } from '@/lib/server/limits';
import { outsideRequests } from '@/lib/server/request-context';
import { forgetRuntime } from '@/tests/support/runtime';

afterEach(() => {
  forgetRuntime();
  vi.restoreAllMocks();
});

describe('a limit', () => {
  it('refuses what goes over it, for that address alone', async () => {
    expect(await withinLimit('signIn', '198.51.100.1', 120)).toBe(true);
    expect(await withinLimit('signIn', '198.51.100.1')).toBe(false);
    expect(await withinLimit('signIn', '198.51.100.2')).toBe(true);
  });

  it('keeps nothing of the request that an address came with first', async () => {
    outsideRequests(() => undefined);
    const request = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const set = globalThis.setTimeout;
    vi.spyOn(globalThis, 'setTimeout').mockImplementation((...args: Parameters<typeof set>) => {
      seen.push(request.getStore());
      return set(...args);
    });
    await request.run('what was posted', () => withinLimit('create', '198.51.100.3'));
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((store) => store === undefined)).toBe(true);
  });
});
