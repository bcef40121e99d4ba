import { spawnSync } from 'node:child_process';
import { chmod, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A directory whose disk can run full and be made read-only, as far as this machine lets us. */
export interface Disk {
  readonly path: string;
  /** Null where the directory has no disk of its own. */
  readonly fill: (() => Promise<void>) | null;
  /** Null where nothing here can do it: root writes everywhere, and may not mount. */
  readonly makeReadOnly: (() => Promise<void>) | null;
  /** Room again, and writable. */
  mend(): Promise<void>;
  /** Leaves nothing behind. */
  remove(): Promise<void>;
}

const BLOCK = Buffer.alloc(64 * 1024);

/** Makes `path`: a small tmpfs where root may mount one, else an ordinary directory. */
export async function makeDisk(path: string, mebibytes: number): Promise<Disk> {
  await mkdir(path, { mode: 0o711 });
  const mounted =
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    run('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0711`, 'tmpfs', path);
  return mounted ? mountedDisk(path) : plainDirectory(path);
}

function mountedDisk(path: string): Disk {
  const filler = join(path, 'filler');
  const mend = async () => {
    run('mount', '-o', 'remount,rw', path);
    await rm(filler, { force: true });
  };
  return {
    path,
    fill: async () => {
      // A file that is being replaced meanwhile leaves room for one of its size: more than once.
      for (let times = 0; times < 5; times += 1) {
        await fillUp(filler);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    makeReadOnly: async () => {
      // Refused while a file is open for writing; each is for a moment only.
      for (let tries = 0; !run('mount', '-o', 'remount,ro', path); tries += 1) {
        if (tries === 100) throw new Error(`${path} could not be made read-only.`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    mend,
    remove: async () => {
      await mend();
      if (!run('umount', path)) run('umount', '-l', path);
    },
  };
}

function plainDirectory(path: string): Disk {
  const isRoot = process.getuid?.() === 0;
  return {
    path,
    fill: null,
    makeReadOnly: isRoot ? null : () => chmod(path, 0o500),
    mend: () => chmod(path, 0o711),
    remove: () => chmod(path, 0o711),
  };
}

/** Writes until nothing more fits, in ever smaller pieces. */
async function fillUp(file: string): Promise<void> {
  const handle = await open(file, 'a');
  try {
    for (const size of [BLOCK.length, 4096, 1]) {
      while (await fits(handle.write(BLOCK.subarray(0, size))));
    }
  } finally {
    await handle.close();
  }
}

function fits(write: Promise<unknown>): Promise<boolean> {
  return write.then(
    () => true,
    () => false,
  );
}

function run(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
