import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processCommand } from '../setup/process-lock.mjs';

/*
 * A start that was killed leaves its PostgreSQL running, or at least its pid file. The caller
 * holds the lock on the data directory, so whatever runs on it has no owner any more.
 */

const FAST_SHUTDOWN_MS = 10_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;

/** Stops a PostgreSQL left running on `directory`, and clears a pid file that names a stranger. */
export async function stopPredecessor(directory: string): Promise<void> {
  const pidFile = join(directory, 'postmaster.pid');
  const content = await readFile(pidFile, 'utf8').catch(() => null);
  if (content === null) return;
  const [pidLine = '', startedOn = ''] = content.split('\n');
  const pid = Number(pidLine);
  const isPostmaster = (): boolean => {
    const command = processCommand(pid);
    return command.includes('postgres') && [directory, startedOn].some((d) => command.includes(d));
  };

  if (isPostmaster()) await stopProcess(pid, isPostmaster);
  await disown(pidFile);
}

/**
 * PostgreSQL refuses to start while the process in its pid file exists: a stranger that has the
 * number now, or its predecessor, dead but not yet reaped by its parent. It starts when
 * the file names its own parent, and still makes sure that no orphaned backend uses the shared
 * memory. A file that names nobody was cut off while it was written.
 */
async function disown(pidFile: string): Promise<void> {
  const content = await readFile(pidFile, 'utf8').catch(() => null);
  if (content === null) return;
  const [pidLine = ''] = content.split('\n');
  const pid = Number(pidLine);
  if (!Number.isInteger(pid) || pid < 1) await rm(pidFile);
  else if (exists(pid)) await writeFile(pidFile, content.replace(pidLine, String(process.pid)));
}

/** Whether a process of that number is there, be it as a zombie. */
function exists(pid: number): boolean {
  return sendSignal(pid, 0);
}

/** @returns false when there is no such process (any more) */
function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

async function stopProcess(pid: number, isRunning: () => boolean): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', FAST_SHUTDOWN_MS],
    ['SIGQUIT', IMMEDIATE_SHUTDOWN_MS],
    ['SIGKILL', IMMEDIATE_SHUTDOWN_MS],
  ] as const) {
    if (!sendSignal(pid, signal)) return;
    const end = Date.now() + patience;
    while (Date.now() < end) {
      if (!isRunning()) return;
      await delay(20);
    }
  }
}
