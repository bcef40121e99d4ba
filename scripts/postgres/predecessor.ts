import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processCommand } from '../setup/process-identity.mjs';

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

  if (isPostmaster()) {
    await stopProcess(pid, isPostmaster);
    return;
  }
  if (processCommand(pid) === '') return;
  // PostgreSQL would take the stranger for its predecessor and refuse. It does not when the file
  // names its own parent, and still makes sure that no orphaned backend uses the shared memory.
  if (Number.isInteger(pid) && pid > 0) {
    await writeFile(pidFile, content.replace(pidLine, String(process.pid)));
  } else {
    await rm(pidFile);
  }
}

async function stopProcess(pid: number, isRunning: () => boolean): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', FAST_SHUTDOWN_MS],
    ['SIGQUIT', IMMEDIATE_SHUTDOWN_MS],
    ['SIGKILL', IMMEDIATE_SHUTDOWN_MS],
  ] as const) {
    process.kill(pid, signal);
    const end = Date.now() + patience;
    while (Date.now() < end) {
      if (!isRunning()) return;
      await delay(20);
    }
  }
}
