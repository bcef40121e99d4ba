import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StretchOrder } from '@/lib/browser/stretch-passphrase';
import type { KeptVault } from '@/lib/browser/vault/vault-shelf';
import type { PassphraseLock } from '@/lib/protocol/passphrase';

vi.mock('@/lib/browser/stretch-by-script', () => ({
  stretchByScript: () => Promise.resolve(new Uint8Array(32).fill(2)),
}));

const MINUTE = 60_000;

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('where the database of a browser never answers', () => {
  const kept = { accountId: 'ada' } as KeptVault;
  const abort = vi.fn();

  /** A request that is never answered, or at once. */
  const never = () => ({});
  const atOnce = (result: unknown) => {
    const request = { result, onsuccess: () => undefined };
    queueMicrotask(() => request.onsuccess());
    return request;
  };
  const store = { put: never, get: never, delete: never, transaction: { abort } };
  const transaction = () => ({ objectStore: () => store });

  it.each([
    ['its opening', { open: never }],
    ['its writing', { open: () => atOnce({ transaction }) }],
  ])(
    'at %s, the vault is kept in the page’s memory, and nothing is written late',
    async (_at, indexedDB) => {
      vi.stubGlobal('indexedDB', indexedDB);
      abort.mockClear();
      const shelf = await import('@/lib/browser/vault/vault-shelf');
      const putting = shelf.putKept(kept);
      await vi.advanceTimersByTimeAsync(MINUTE);
      await putting;
      expect(shelf.goesWithThePage()).toBe(true);
      expect(await shelf.readKept()).toBe(kept);
      expect(abort).toHaveBeenCalledTimes('open' in indexedDB && indexedDB.open !== never ? 1 : 0);
      await shelf.eraseKept();
      expect(await shelf.readKept()).toBeUndefined();
    },
  );

  it('nothing counts as kept, and what is changed too late is gone', async () => {
    vi.stubGlobal('indexedDB', { open: () => atOnce({ transaction }) });
    const shelf = await import('@/lib/browser/vault/vault-shelf');
    const changing = shelf.changeKept((now) => now);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(await changing).toBe(false);
    expect(await shelf.readKept()).toBeUndefined();
  });
});

describe('a worker', () => {
  const lock = {} as PassphraseLock;
  let stretch: () => Promise<Uint8Array>;

  beforeEach(async () => {
    const { stretchInBrowser } = await import('@/lib/browser/stretch-passphrase');
    stretch = () => stretchInBrowser(new Uint8Array(), lock);
  });

  it('of which nothing is heard is given up, and the page does its work', async () => {
    const terminate = vi.fn();
    vi.stubGlobal(
      'Worker',
      class {
        terminate = terminate;
        postMessage(): void {}
      },
    );
    const stretching = stretch();
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(await stretching).toEqual(new Uint8Array(32).fill(2));
    expect(terminate).toHaveBeenCalledOnce();
  });

  it('that has begun may take as long as its device needs', async () => {
    vi.stubGlobal(
      'Worker',
      class {
        onmessage: ((event: { data: unknown }) => void) | null = null;
        postMessage({ id }: StretchOrder): void {
          this.onmessage?.({ data: { id, isBegun: true } });
          setTimeout(() => {
            this.onmessage?.({ data: { id, stretched: new Uint8Array(32).fill(1) } });
          }, MINUTE);
        }
      },
    );
    const stretching = stretch();
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(await stretching).toEqual(new Uint8Array(32).fill(1));
  });
});
