import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { commandAs, type DatabaseAccount } from './account';
import { serverArguments } from './server-settings';

const START_PATIENCE_MS = 120_000;
const FAST_SHUTDOWN_MS = 15_000;
const KEPT_OUTPUT = 4_000;

export interface ServerProcess {
  /** Settles when the process has ended, whoever ended it. */
  ended: Promise<void>;
  /** Ends it in order, open transactions rolled back. */
  stop(): Promise<void>;
}

/** Why PostgreSQL did not come up; `message` is its last line. */
export class ServerStartError extends Error {}

/**
 * Starts PostgreSQL on a cluster and waits until it takes connections. It never outlives this
 * process, unless that is killed: an exit without `stop` ends it at once, and the next start
 * recovers.
 */
export async function startServerProcess(options: {
  postgres: string;
  directory: string;
  port: number;
  account: DatabaseAccount;
}): Promise<ServerProcess> {
  const { postgres, directory, port, account } = options;
  const command = commandAs(account, postgres, serverArguments(directory, port));
  // Its own session: Ctrl-C at the terminal reaches us alone, and the database goes last.
  const child = spawn(command.file, command.args, {
    ...command.as,
    cwd: directory,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-KEPT_OUTPUT);
  });
  const running = () => child.exitCode === null && child.signalCode === null;
  const abandon = () => {
    if (running()) child.kill('SIGQUIT');
  };
  process.once('exit', abandon);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      process.off('exit', abandon);
      resolve();
    });
    child.once('error', (error) => {
      output += error.message;
      resolve();
    });
  });

  for (
    const end = Date.now() + START_PATIENCE_MS;
    !(await takesConnections(directory, child.pid));
  ) {
    await Promise.race([ended, delay(10)]);
    if (child.pid === undefined || !running()) {
      await ended;
      throw new ServerStartError(output.trim().split('\n').at(-1) ?? '');
    }
    if (Date.now() > end) {
      child.kill('SIGQUIT');
      throw new ServerStartError('it takes no connections');
    }
  }

  return {
    ended,
    async stop() {
      if (!running()) return;
      child.kill('SIGINT');
      const timer = setTimeout(() => child.kill('SIGQUIT'), FAST_SHUTDOWN_MS);
      await once(child, 'close');
      clearTimeout(timer);
    },
  };
}

/** PostgreSQL says `ready` on the eighth line of its pid file. */
async function takesConnections(directory: string, pid: number | undefined): Promise<boolean> {
  const content = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = content.split('\n');
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}
