import { constants } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import 'server-only';

/*
 * Files with keys in clear: only their owner may read them, and nothing here ever puts their
 * content into an error. They are replaced as a whole: a reader sees the old file or the new one,
 * and a writer that is killed leaves the old one.
 */

/** A file of keys cannot be used. The message says which and what to do, never what is in it. */
export class KeyringError extends Error {
  override readonly name: string = 'KeyringError';

  /** @param code what the system said, such as ENOSPC; null where it said nothing */
  constructor(
    message: string,
    readonly code: string | null = null,
  ) {
    super(message);
  }
}

/**
 * @returns null when there is no file.
 * @throws KeyringError when it cannot be read, or others than its owner may read it.
 */
export async function readPrivateFile(file: string): Promise<string | null> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if (isMissing(error)) return null;
    throw unusable(file, error);
  }
  try {
    if (((await handle.stat()).mode & 0o077) !== 0) {
      throw new KeyringError(`Others than its owner may read ${file}: run chmod 600 on it first.`);
    }
    return await handle.readFile('utf8');
  } catch (error) {
    throw unusable(file, error);
  } finally {
    await handle.close();
  }
}

/**
 * Replaces the file, durably, and overwrites what was there. The caller holds the keyring's lock.
 *
 * @throws KeyringError
 */
export async function replacePrivateFile(file: string, content: string): Promise<void> {
  const old = await openToWipe(file);
  try {
    await replaceFile(file, content);
    if (old !== null) await wipe(old);
  } catch (error) {
    throw unusable(file, error);
  } finally {
    await old?.close();
  }
}

/** Replaces a file that only its owner may read, durably. @throws the error of the system */
export async function replaceFile(file: string, content: string): Promise<void> {
  const draft = `${file}.new`;
  await rm(draft, { force: true });
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  await syncDirectory(dirname(file));
}

/** True for the error of a file that is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** What the system said about a file, reduced to its code. */
export function unusable(file: string, error: unknown): KeyringError {
  if (error instanceof KeyringError) return error;
  const code = systemCodeOf(error);
  return new KeyringError(
    `The keyring ${file} cannot be read or written: ${code ?? 'unknown error'}.`,
    code,
  );
}

/** The code of an error of the system, such as ENOSPC; null for any other. */
export function systemCodeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/**
 * What a code of the system says of a disk: that it takes no more, or that nobody may write to it. A
 * file that is refused to this process alone (EACCES, EPERM) says nothing of the disk.
 */
export function diskTroubleOf(code: string | null): 'full' | 'read_only' | null {
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'full';
  return code === 'EROFS' ? 'read_only' : null;
}

async function openToWipe(file: string): Promise<FileHandle | null> {
  return open(file, constants.O_RDWR).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw unusable(file, error);
  });
}

/**
 * Overwrites the replaced file, which may hold a key that was just destroyed. Its blocks are freed
 * when the handle closes; on media that never overwrite in place this is all a program can do.
 */
async function wipe(handle: FileHandle): Promise<void> {
  const { size, nlink } = await handle.stat();
  if (nlink > 0) return; // A hard link elsewhere is a backup of the operator's.
  await handle.write(new Uint8Array(size), 0, size, 0);
  await handle.sync();
}

/** Makes durable what was renamed in a directory. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
