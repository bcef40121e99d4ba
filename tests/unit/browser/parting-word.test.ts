import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { leaveWord, takeWord } from '@/lib/browser/leave-page';

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
});

afterEach(() => vi.unstubAllGlobals());

it('what was done on the page before is said once', () => {
  leaveWord('accountDeleted');
  expect(takeWord()).toBe('accountDeleted');
  expect(takeWord()).toBeNull();
});

it('nothing but what these pages leave is said', () => {
  leaveWord('signedOut');
  for (const name of kept.keys()) kept.set(name, 'Your money is gone.');
  expect(takeWord()).toBeNull();
});

it('a browser that forbids storage is told nothing, and nothing fails', () => {
  vi.stubGlobal('sessionStorage', undefined);
  leaveWord('signedOut');
  expect(takeWord()).toBeNull();
});
