/** Two instances, a proxy in front of each, one database, one keyring: what the faults happen to. */
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findFreePort } from '@/scripts/postgres/server-process';
import { inCheckout } from '@/scripts/setup/paths.mjs';
import { startApp, type RunningApp } from '@/tests/support/app';
import { startCutProxy, type CutProxy } from './cut-proxy';
import { createFaultyDatabase, type FaultyDatabase } from './database';
import { makeDisk, type Disk } from './disk';
import type { Chance } from './random';

/** Seconds. Short, so that what waits longer than a lease fits into a run. */
export const LEASE_SECONDS = 10;

export interface Instance {
  readonly name: string;
  readonly proxy: CutProxy;
  isRunning(): boolean;
  /** @param options.clockMs how far its clock is ahead. @returns false where it refused to start */
  start(options?: { clockMs?: number; env?: Readonly<Record<string, string>> }): Promise<boolean>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Whether it says that all is well; null where nobody answers. */
  isWell(): Promise<boolean | null>;
  /** What it printed since it was started last. */
  log(): string;
}

export interface House {
  readonly appUrl: string;
  readonly instances: readonly [Instance, Instance];
  readonly database: FaultyDatabase;
  /** The database's. */
  readonly dataDisk: Disk;
  readonly keyringDisk: Disk;
  readonly keyringFile: string;
  /** Stops everything and removes every file. */
  close(): Promise<void>;
}

const PROBE_MS = 5_000;

export async function openHouse(chance: Chance): Promise<House> {
  const root = await mkdtemp(join(tmpdir(), 'sealpost-faults-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(root, { recursive: true, force: true })];
  const close = async () => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) {
      // Whatever can't be undone, the rest is.
      await step().catch(console.error);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const end = () => void close().finally(() => process.exit(1));
    process.once(signal, end);
    undo.push(() => Promise.resolve(process.off(signal, end)));
  }
  try {
    const dataDisk = await makeDisk(join(root, 'data'), 256);
    undo.push(() => dataDisk.remove());
    const keyringDisk = await makeDisk(join(root, 'keys'), 1);
    undo.push(() => keyringDisk.remove());
    const database = await createFaultyDatabase(dataDisk.path, root);
    undo.push(() => database.stop());
    await database.start();

    const ports = [await findFreePort(), await findFreePort()] as const;
    const appUrl = `http://localhost:${ports[0]}`;
    const keyringFile = join(keyringDisk.path, 'keyring.json');
    const build = async (name: string, port: number): Promise<Instance> => {
      const dataDir = join(root, name);
      await mkdir(dataDir);
      const proxy = await startCutProxy(port, chance);
      undo.push(() => proxy.close());
      const instance = instanceOf({
        name,
        proxy,
        port,
        dataDir,
        databaseUrl: database.url,
        keyringFile,
        appUrl,
      });
      undo.push(() => instance.kill());
      return instance;
    };
    const instances = [await build('first', ports[0]), await build('second', ports[1])] as const;
    // One after the other: the first migrates.
    for (const instance of instances) {
      if (!(await instance.start())) throw new Error(instance.log());
    }
    return { appUrl, instances, database, dataDisk, keyringDisk, keyringFile, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function instanceOf(place: {
  name: string;
  proxy: CutProxy;
  port: number;
  dataDir: string;
  databaseUrl: string;
  keyringFile: string;
  appUrl: string;
}): Instance {
  const { name, proxy, port, dataDir, databaseUrl, keyringFile, appUrl } = place;
  let app: RunningApp | null = null;
  let last = '';
  const ended = async (end: (running: RunningApp) => Promise<unknown>) => {
    const running = app;
    app = null;
    if (running === null) return;
    await end(running);
    last = running.log();
  };
  return {
    name,
    proxy,
    isRunning: () => app !== null,
    log: () => app?.log() ?? last,
    async start({ clockMs = 0, env = {} } = {}) {
      const preload = pathToFileURL(inCheckout('tests', 'faults', 'move-clock.mjs')).href;
      const moved = {
        NODE_OPTIONS: `--import=${preload}`,
        MOVED_CLOCK_MS: String(clockMs),
      };
      try {
        app = await startApp({
          port,
          dataDir,
          databaseUrl,
          keyringFile,
          env: {
            APP_URL: appUrl,
            LEASE_SECONDS: String(LEASE_SECONDS),
            ...(clockMs === 0 ? {} : moved),
            ...env,
          },
        });
        return true;
      } catch (error) {
        last = String(error);
        return false;
      }
    },
    stop: () => ended((running) => running.stop()),
    kill: () => ended((running) => running.kill()),
    async isWell() {
      try {
        const answer = await fetch(`http://127.0.0.1:${port}/api/health`, {
          signal: AbortSignal.timeout(PROBE_MS),
        });
        const { status } = (await answer.json()) as { status?: unknown };
        return answer.status === 200 && status === 'ok';
      } catch {
        return null;
      }
    },
  };
}
