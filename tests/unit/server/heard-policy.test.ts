import { afterEach, describe, expect, it } from 'vitest';
import { forgetRuntime } from '@/tests/support/runtime';
import { askWhoMaySend, hearWhoMaySend, lastHeardWhoMaySend } from '@/lib/server/heard-policy';

afterEach(() => {
  forgetRuntime();
});

describe('who may send, as last heard', () => {
  it('is anyone before anything was heard, and what was heard last when nobody answers', async () => {
    expect(lastHeardWhoMaySend()).toBe('anyone');
    await askWhoMaySend(() => Promise.resolve('members'));
    await expect(askWhoMaySend(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(lastHeardWhoMaySend()).toBe('members');
  });

  it('is what was decided here, even when an older answer arrives later', async () => {
    await askWhoMaySend(() => {
      hearWhoMaySend('members');
      return Promise.resolve('anyone');
    });
    expect(lastHeardWhoMaySend()).toBe('members');
  });
});
