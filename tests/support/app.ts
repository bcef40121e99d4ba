import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@/scripts/postgres/server-process';
import { ROOT } from '@/scripts/setup/paths.mjs';

/** The real app, started as `npm start` starts it, on a port of its own. */
export interface RunningApp {
  /** APP_URL, e.g. `http://localhost:40123`; it listens on 127.0.0.1. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  readonly keyringFile: string;
  /** Everything it has printed so far. */
  log(): string;
  /** Ends it as Ctrl-C does. Returns its exit code; null when a signal ended it. */
  stop(signal?: 'SIGINT' | 'SIGTERM'): Promise<number | null>;
  /** `kill -9`: its embedded database, if any, lives on for the next start to find. */
  kill(): Promise<void>;
}

export interface AppOptions {
  /** Left as it is afterwards; without it, a fresh one that goes when the app stops. */
  dataDir?: string;
  /** An external database; without it, the embedded one. */
  databaseUrl?: string;
  keyringFile?: string;
  port?: number;
  /** More settings. */
  env?: Readonly<Record<string, string>>;
}

export interface AppExit {
  readonly code: number | null;
  readonly log: string;
}

const START_PATIENCE_MS = 240_000;

/** Starts the app and waits until it says that it is ready. */
export async function startApp(options: AppOptions = {}): Promise<RunningApp> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'sealpost-app-')));
  const port = options.port ?? (await findFreePort());
  const url = options.env?.['APP_URL'] ?? `http://localhost:${String(port)}`;
  const keyringFile = options.keyringFile ?? join(dataDir, 'keyring.json');
  const app = launch({ ...options, dataDir, port, keyringFile });

  const ready = await Promise.race([app.says('Sealpost is ready at'), app.exit]);
  if (ready !== true) throw new Error(`The app did not start:\n${app.log()}`);

  const cleanUp = async () => {
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  return {
    url,
    port,
    pid: app.pid,
    dataDir,
    keyringFile,
    log: app.log,
    async stop(signal = 'SIGTERM') {
      process.kill(app.pid, signal);
      const { code } = await app.exit;
      await cleanUp();
      return code;
    },
    async kill() {
      process.kill(app.pid, 'SIGKILL');
      await app.exit;
    },
  };
}

/** Starts the app where it is expected to refuse, and waits until it has ended. */
export async function startAppInVain(options: AppOptions & { dataDir: string }): Promise<AppExit> {
  const port = options.port ?? (await findFreePort());
  return launch({ ...options, port }).exit;
}

function launch(options: AppOptions & { dataDir: string; port: number }) {
  const { dataDir, port, databaseUrl, keyringFile, env } = options;
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      // Nothing else of the run's environment: a DATABASE_URL for the tests is not the app's.
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      NODE_ENV: 'production',
      PORT: String(port),
      DATA_DIR: dataDir,
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      ...(keyringFile === undefined ? {} : { KEYRING_FILE: keyringFile }),
      ...env,
    },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('Node could not be started.');

  let printed = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      for (const listener of listeners) listener();
    });
  }
  const end = () => {
    child.kill('SIGTERM');
  };
  process.once('exit', end);
  const exit = new Promise<AppExit>((resolve) => {
    child.once('close', (code) => {
      process.off('exit', end);
      resolve({ code, log: printed });
    });
  });

  return {
    pid,
    exit,
    log: () => printed,
    says: (words: string) =>
      new Promise<true>((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`The app never said "${words}":\n${printed}`));
        }, START_PATIENCE_MS);
        const look = () => {
          if (!printed.includes(words)) return;
          clearTimeout(timer);
          listeners.delete(look);
          resolve(true);
        };
        listeners.add(look);
        void exit.then(() => {
          clearTimeout(timer);
        });
      }),
  };
}
