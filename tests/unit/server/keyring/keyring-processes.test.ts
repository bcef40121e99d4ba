import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyring } from '@/lib/server/keyring/keyring';
import { ROOT } from '@/scripts/setup/paths.mjs';

const PATIENCE = 60_000;

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-keyring-'));
  file = join(directory, 'keyring.json');
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** Runs a module on the keyring in a process of its own; comes back with what ended it. */
async function inProcess(module: string): Promise<string | null> {
  const node = promisify(execFile)(
    process.execPath,
    ['--import', './scripts/register-typescript.mjs', '--input-type=module', '--eval', module],
    { cwd: ROOT, env: { ...process.env, KEYRING: file } },
  );
  return node.then(
    () => null,
    (error: unknown) => (error as { signal: string | null }).signal ?? String(error),
  );
}

const OPEN = `
  const { createKeyring } = await import('./lib/server/keyring/keyring.ts');
  const keyring = createKeyring({ file: process.env.KEYRING });`;

describe('a keyring shared by processes', () => {
  it(
    'loses no rotation when they rotate at once',
    async () => {
      const rotations = `${OPEN} for (let i = 0; i < 4; i += 1) await keyring.rotate();`;
      const ends = await Promise.all([inProcess(rotations), inProcess(rotations)]);
      expect(ends).toEqual([null, null]);
      const epochs = await createKeyring({ file }).list();
      expect(epochs).toHaveLength(8);
      expect(epochs.filter(({ retiredAtMs }) => retiredAtMs === null)).toHaveLength(1);
    },
    PATIENCE,
  );

  it(
    'is whole, and can be changed again, after a process was killed in the middle of a change',
    async () => {
      const keyring = createKeyring({ file });
      await keyring.rotate();
      const before = await readFile(file, 'utf8');
      const end = await inProcess(`
        import fs from 'node:fs';
        import { syncBuiltinESMExports } from 'node:module';
        fs.promises.rename = () => process.kill(process.pid, 'SIGKILL');
        syncBuiltinESMExports();
        ${OPEN}
        await keyring.rotate();`);
      expect(end).toBe('SIGKILL');
      expect(await readFile(file, 'utf8')).toBe(before);
      expect(await readdir(directory)).toContain('keyring.json.new');

      await keyring.rotate();
      expect(await keyring.list()).toHaveLength(2);
      expect(await readdir(directory)).toEqual(['keyring.json']);
    },
    PATIENCE,
  );
});
