import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withSignOfLife } from '@/scripts/setup/run-program.mjs';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('what takes long says every ten seconds that it still goes on, until it ends', async () => {
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const work = () => new Promise<string>((resolve) => setTimeout(resolve, 25_000, 'done'));
  const working = withSignOfLife('building', work);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await working).toBe('done');
  expect(said.mock.calls).toEqual([['  … still building, 10 s'], ['  … still building, 20 s']]);
});
