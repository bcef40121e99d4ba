import { AsyncLocalStorage } from 'node:async_hooks';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withinLimit } from '@/lib/server/limits';
import { outsideRequests } from '@/lib/server/request-context';
import { expectFlatHeap } from '@/tests/support/heap';
import { forgetRuntime } from '@/tests/support/runtime';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-limits-'));
  forgetRuntime();
  vi.stubEnv('KEYRING_FILE', join(directory, 'keyring.json'));
  vi.stubEnv('DATABASE_URL', 'postgresql://nobody@127.0.0.1:1/none');
});

afterEach(async () => {
  forgetRuntime();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(directory, { recursive: true, force: true });
});

describe('a limit, while the database is away', () => {
  it('refuses what goes over it, for that address alone', async () => {
    expect(await withinLimit('signIn', '198.51.100.1', 120)).toBe(true);
    expect(await withinLimit('signIn', '198.51.100.1')).toBe(false);
    expect(await withinLimit('signIn', '198.51.100.2')).toBe(true);
  });

  it('is the same for pages and route handlers, though they are bundled apart', async () => {
    expect(await withinLimit('signIn', '198.51.100.1', 120)).toBe(true);
    vi.resetModules();
    const pages = await import('@/lib/server/limits');
    expect(pages.withinLimit).not.toBe(withinLimit);
    expect(await pages.withinLimit('signIn', '198.51.100.1')).toBe(false);
  });

  it('knows a refusal of another bundle, whose classes are not its own', async () => {
    await withinLimit('ask', '198.51.100.1');
    const limiter = { consume: vi.fn().mockRejectedValue({ msBeforeNext: 1_000 }) };
    globalThis.sealpostRuntime?.set('limiters', new Map([['ask', limiter]]));
    expect(await withinLimit('ask', '198.51.100.1')).toBe(false);
  });

  it('keeps nothing of the request that an address came with first', async () => {
    outsideRequests(() => undefined);
    // What is made once is made.
    await withinLimit('create', '198.51.100.2');
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

  it('keeps memory flat under a hundred thousand addresses', async () => {
    await fromAddresses(0, 5_000);
    let seen = 5_000;
    await expectFlatHeap(2_000_000, () => fromAddresses(seen, (seen += 95_000)));
  });

  it('refuses where nothing can count', async () => {
    const file = join(directory, 'keyring.json.accounts');
    await writeFile(file, 'no key');
    await chmod(file, 0o600);
    await expect(withinLimit('ask', '198.51.100.1')).rejects.toThrow(/not an accounts key/);
  });
});

async function fromAddresses(from: number, to: number): Promise<void> {
  for (let index = from; index < to; index += 1) {
    await withinLimit(
      'ask',
      `10.${String(index >> 16)}.${String((index >> 8) & 255)}.${String(index & 255)}`,
    );
  }
}
