import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@/scripts/postgres/server-process';

export interface PgBouncer {
  /** Connection string of the same database through it. */
  readonly url: string;
  stop(): Promise<void>;
}

const PROGRAM = 'pgbouncer';
const PATIENCE_MS = 10_000;

/** Whether there is a PgBouncer on this machine. */
export function pgBouncerIsInstalled(): boolean {
  return spawnSync(PROGRAM, ['--version'], { env: environment() }).status === 0;
}

/** A real PgBouncer before one database, with its default settings but for the one mode. */
export async function startPgBouncer(
  databaseUrl: string,
  mode: 'session' | 'transaction',
): Promise<PgBouncer> {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const directory = await mkdtemp(join(tmpdir(), 'sealpost-pgbouncer-'));
  await chmod(directory, 0o755);
  const name = pathname.slice(1);
  const ownPort = await findFreePort();
  const ini = join(directory, 'pgbouncer.ini');
  const users = join(directory, 'users.txt');
  const user = decodeURIComponent(username);
  await writeFile(users, `"${user}" "${decodeURIComponent(password)}"\n`, { mode: 0o644 });
  await writeFile(
    ini,
    `[databases]
${name} = host=${hostname} port=${port || '5432'} dbname=${name}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${String(ownPort)}
unix_socket_dir =
auth_type = plain
auth_file = ${users}
pool_mode = ${mode}
`,
    { mode: 0o644 },
  );
  // It does not run as root.
  const asOther = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn(PROGRAM, [...asOther, ini], { stdio: 'ignore', env: environment() });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  await untilItListens(ownPort);
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(ownPort);
  return {
    url: url.href,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Debian keeps it where only administrators look. */
function environment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` };
}

async function untilItListens(port: number): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await listens(port))) {
    if (Date.now() > end) throw new Error('PgBouncer did not start.');
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      setTimeout(() => {
        resolve(false);
      }, 50);
    });
  });
}
