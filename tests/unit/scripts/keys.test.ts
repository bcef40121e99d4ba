import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { createKeyring } from '@/lib/server/keyring/keyring';
import { ROOT } from '@/scripts/setup/paths.mjs';

it('npm run keys -- list names every epoch, by which destroy finds it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'sealpost-keys-'));
  try {
    const file = join(directory, 'keyring.json');
    await createKeyring({ file }).rotate();
    const ids = (await createKeyring({ file }).list()).map(({ id }) => id);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', './scripts/register-typescript.mjs', 'scripts/keys.ts', 'list'],
      { cwd: ROOT, env: { ...process.env, DATA_DIR: directory, KEYRING_FILE: file } },
    );
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) expect(stdout).toContain(id);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
