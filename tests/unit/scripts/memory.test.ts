import { describe, expect, it } from 'vitest';
import { memoryHere, memoryWithin, requireMemoryToBuild } from '@/scripts/setup/memory.mjs';

const GB = 1e9;

describe('the memory to build in', () => {
  it('is the machine’s, or the container’s where that is less', () => {
    expect(memoryWithin(4 * GB, 0)).toBe(4 * GB);
    // What cgroups of the first version say for "no limit".
    expect(memoryWithin(4 * GB, 2 ** 63)).toBe(4 * GB);
    expect(memoryWithin(4 * GB, GB)).toBe(GB);
    expect(memoryHere()).toBeGreaterThan(0);
  });

  it.each([0.5, 1, 1.5])('of %s GB is refused in one line that says what helps', (size) => {
    const build = () => {
      requireMemoryToBuild(size * GB);
    };
    expect(build).toThrow(`takes 1.7 GB of memory, and there are ${size.toFixed(1)} GB here`);
    expect(build).toThrow(/swap.*npm run package/);
    expect(build).not.toThrow('\n');
  });

  it('of 2 GB is enough', () => {
    requireMemoryToBuild(2 * GB);
  });
});
