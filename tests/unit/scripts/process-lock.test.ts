import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processCommand, processStartTime } from '@/scripts/setup/process-lock.mjs';
import { takeProcessLock } from '@/scripts/setup/process-lock.mjs';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-lock-'));
  file = join(directory, 'lock');
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

function take() {
  const lock = takeProcessLock(file);
  if ('holder' in lock) throw new Error(`Held by ${String(lock.holder)}.`);
  return lock;
}

describe('a process lock', () => {
  it('names its holder to others until it is released', async () => {
    const lock = take();
    expect(takeProcessLock(file)).toEqual({ holder: process.pid });
    lock.release();
    expect(await readdir(directory)).toEqual([]);
    take();
  });

  it('is taken over from a process that is gone', async () => {
    const child = spawn(process.execPath, ['--eval', '']);
    await new Promise((resolve) => child.once('close', resolve));
    await writeFile(file, JSON.stringify({ pid: child.pid, started: 'then' }));
    take();
    expect(await readdir(directory)).toEqual(['lock']);
  });

  it('is taken over when its pid is a stranger now', async () => {
    await writeFile(file, JSON.stringify({ pid: process.pid, started: 'another boot:1' }));
    take();
  });

  it('is taken over when its file was cut off', async () => {
    await writeFile(file, '{"pid":');
    take();
  });

  it('is not released by one who no longer has it', async () => {
    const lock = take();
    await rm(file);
    take();
    await writeFile(file, '{"pid":1,"started":"x"}');
    lock.release();
    expect(await readdir(directory)).toEqual(['lock']);
  });
});

describe('a process', () => {
  it('has a start time that stays, and none once it is gone', async () => {
    const child = spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 60_000)']);
    const pid = child.pid ?? 0;
    const started = processStartTime(pid);
    expect(started).not.toBeNull();
    expect(processStartTime(pid)).toBe(started);
    expect(processStartTime(process.pid)).not.toBe(started);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    expect(processStartTime(pid)).toBeNull();
    expect(processCommand(pid)).toBe('');
  });
});
