import { access, chmod, constants, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PlainProblem } from '../setup/plain-problem.mjs';
import { takeProcessLock } from '../setup/process-lock.mjs';

/**
 * Makes DATA_DIR, for its owner alone, and takes it for this process.
 *
 * @returns what gives it free again.
 * @throws PlainProblem when it can't be written, or another Sealpost runs on it.
 */
export async function takeDataDirectory(dataDir: string): Promise<() => void> {
  const lock = await take(dataDir);
  if ('release' in lock) return lock.release;
  throw new PlainProblem(
    `Another Sealpost (process ${String(lock.holder)}) runs on ${dataDir}: stop it, or set DATA_DIR to another directory.`,
  );
}

async function take(dataDir: string): Promise<ReturnType<typeof takeProcessLock>> {
  try {
    await makeDirectory(dataDir);
    // First: a directory that its owner has made read-only is not to be made writable again.
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    await closeToOthers(dataDir);
    return takeProcessLock(join(dataDir, 'sealpost.lock'));
  } catch (error) {
    if (error instanceof PlainProblem) throw error;
    throw new PlainProblem(`DATA_DIR ${dataDir} cannot be used: ${reasonOf(error)}.`);
  }
}

/** Level by level: asked for all of them at once, Node waits without an end where none can be made, as in /proc. */
async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || (await isThere(dirname(path)))) throw error;
    await makeDirectory(dirname(path));
    await makeDirectory(path);
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** An existing directory may be anything, /tmp for one: only one of our own is closed to others. */
async function closeToOthers(dataDir: string): Promise<void> {
  if (((await stat(dataDir)).mode & 0o066) === 0) return;
  const names = await readdir(dataDir);
  if (names.length > 0 && !names.includes('keyring.json')) {
    throw new PlainProblem(
      `DATA_DIR ${dataDir} holds other files, and others may read it: give Sealpost a directory of its own.`,
    );
  }
  await chmod(dataDir, 0o700);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'this user may not write there';
    case 'EROFS':
      return 'it is on a file system that is read-only';
    case 'ENOENT':
      return 'no directory can be made there';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'it is not a directory';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return code;
  }
}
