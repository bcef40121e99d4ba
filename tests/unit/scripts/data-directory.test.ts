import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeDataDirectory } from '@/scripts/serve/data-directory';
import { PlainProblem } from '@/scripts/setup/plain-problem.mjs';

let parent: string;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'sealpost-directory-'));
});

afterAll(() => rm(parent, { recursive: true }));

describe('the data directory', () => {
  it('is made with those above it, all for their owner alone', async () => {
    const release = await takeDataDirectory(join(parent, 'a', 'b', 'c'));
    release();
    for (const path of ['a', 'a/b', 'a/b/c']) {
      expect((await stat(join(parent, path))).mode & 0o777, path).toBe(0o700);
    }
  });

  it('that exists is taken as it is, by one at a time', async () => {
    const path = join(parent, 'once');
    const release = await takeDataDirectory(path);
    await expect(takeDataDirectory(path)).rejects.toThrow(/Another Sealpost/);
    release();
    (await takeDataDirectory(path))();
  });

  it.runIf(process.platform === 'linux')(
    'is refused in words where no directory can be made, and soon',
    async () => {
      const refused = takeDataDirectory('/proc/sealpost/data');
      await expect(refused).rejects.toThrow(PlainProblem);
      await expect(refused).rejects.toThrow(/DATA_DIR \/proc\/sealpost\/data cannot be used/);
    },
  );
});
