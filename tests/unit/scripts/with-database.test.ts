import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { parseSettings } from '@/lib/server/settings';
import { withDatabase } from '@/scripts/database/with-database';
import { PlainProblem } from '@/scripts/setup/plain-problem.mjs';

it('a command that looks into the database makes none where there is none, and says where it looked', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sealpost-no-database-'));
  try {
    const parsed = parseSettings({ DATA_DIR: dataDir });
    if (!parsed.ok) throw new Error('These settings are right.');
    const work = vi.fn();
    const looking = withDatabase(parsed.settings, work);
    await expect(looking).rejects.toThrow(PlainProblem);
    await expect(looking).rejects.toThrow(`There is no database in ${dataDir}`);
    expect(work).not.toHaveBeenCalled();
    expect(await readdir(dataDir)).toEqual([]);
  } finally {
    await rm(dataDir, { recursive: true });
  }
});
