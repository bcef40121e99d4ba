import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stopPredecessor } from '@/scripts/postgres/predecessor';
import { processCommand } from '@/scripts/setup/process-lock.mjs';

/*
 * PostgreSQL does not start while its pid file names a process that exists, unless that is its own
 * parent.
 */

let directory: string;
let running: ChildProcess | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-predecessor-'));
});

afterEach(async () => {
  running?.kill('SIGKILL');
  running = undefined;
  await rm(directory, { recursive: true, force: true });
});

const pidFile = () => join(directory, 'postmaster.pid');
const writePid = (pid: number | string) =>
  writeFile(pidFile(), `${String(pid)}\n${directory}\n1\n5432\n\n127.0.0.1\n 1 1\nready\n`);
const pidInFile = async () => (await readFile(pidFile(), 'utf8')).split('\n')[0];

function start(script: string): ChildProcess {
  running = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  return running;
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('It has no output.');
  const [chunk] = (await once(stdout, 'data')) as [Buffer];
  return chunk.toString().trim();
}

describe('the pid file of a database that was killed', () => {
  it('names nobody in the way when the dead process was not buried yet', async () => {
    // The shell becomes a program that never asks after the child it has.
    const dead = Number(await firstLine(start('sleep 0 & echo $!; exec sleep 600')));
    await expect.poll(() => processCommand(dead), { timeout: 8_000 }).not.toContain('sleep 0');
    expect(process.kill(dead, 0)).toBe(true);
    await writePid(dead);

    await stopPredecessor(directory);
    expect(await pidInFile()).toBe(String(process.pid));
  });

  it('names nobody in the way when a stranger has the number now, and the stranger lives on', async () => {
    const stranger = start('echo started; exec sleep 600');
    await firstLine(stranger);
    await writePid(stranger.pid ?? 0);

    await stopPredecessor(directory);
    expect(await pidInFile()).toBe(String(process.pid));
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });

  it.each(['', 'nonsense', '0', '-1'])('goes when it was cut off: %o', async (content) => {
    await writeFile(pidFile(), content);
    await stopPredecessor(directory);
    expect(await readdir(directory)).toEqual([]);
  });
});
