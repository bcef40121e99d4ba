import { constants } from 'node:fs';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import 'server-only';

/*
 * The keyring file: server keys (K1) in clear, so only its owner may read it, and nothing here
 * ever puts its content into an error. It is replaced as a whole: a reader sees the old file or
 * the new one, and a writer that is killed leaves the old one.
 */

const epochSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{8}$/),
  createdAt: z.iso.datetime(),
  retiredAt: z.iso.datetime().nullable(),
  openUntil: z.iso.datetime(),
  key: z.string().regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/),
});

const fileSchema = z
  .strictObject({ version: z.literal(1), epochs: z.array(epochSchema).min(1) })
  .refine(({ epochs }) => epochs.filter(({ retiredAt }) => retiredAt === null).length === 1)
  .refine(({ epochs }) => new Set(epochs.map(({ id }) => id)).size === epochs.length);

/**
 * One server key (K1, 32 bytes as base64url) and its times. `openUntil`: the latest expiry it
 * has sealed, rounded up. `retiredAt` is null for the one that seals now.
 */
export type StoredEpoch = Readonly<z.infer<typeof epochSchema>>;

/** What the file says, newest epoch last. */
export type StoredEpochs = readonly StoredEpoch[];

/** The keyring cannot be used. The message says which file and what to do, never what is in it. */
export class KeyringError extends Error {}

/** Changes whenever the file was replaced; null when there is none. */
export async function keyringFileIdentity(file: string): Promise<string | null> {
  try {
    const { ino, size, mtimeNs } = await stat(file, { bigint: true });
    return [ino, size, mtimeNs].join(':');
  } catch (error) {
    if (isMissing(error)) return null;
    throw unusable(file, error);
  }
}

/**
 * @returns null when there is no file.
 * @throws KeyringError when it is not a keyring, or others than its owner may read it.
 */
export async function readKeyringFile(file: string): Promise<StoredEpochs | null> {
  for (;;) {
    const before = await keyringFileIdentity(file);
    if (before === null) return null;
    const content = await readText(file);
    const parsed = content === null ? null : fileSchema.safeParse(parseJson(content));
    if (parsed?.success === true) return parsed.data.epochs;
    // A writer replaced the file meanwhile and wiped the old one: look again.
    if ((await keyringFileIdentity(file)) !== before) continue;
    throw new KeyringError(
      `${file} is not a keyring of this version: restore it from a backup. It is left as it is.`,
    );
  }
}

/** Replaces the file, durably. The caller holds the keyring's lock. */
export async function writeKeyringFile(file: string, epochs: StoredEpochs): Promise<void> {
  const draft = `${file}.new`;
  const old = await openToWipe(file);
  try {
    await rm(draft, { force: true });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify({ version: 1, epochs }, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
    await syncDirectory(dirname(file));
    if (old !== null) await wipe(old);
  } catch (error) {
    throw unusable(file, error);
  } finally {
    await old?.close();
  }
}

async function readText(file: string): Promise<string | null> {
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
  } finally {
    await handle.close();
  }
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
  if (nlink > 0) return; // A hard link elsewhere is somebody's backup.
  await handle.write(new Uint8Array(size), 0, size, 0);
  await handle.sync();
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function unusable(file: string, error: unknown): KeyringError {
  if (error instanceof KeyringError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return new KeyringError(`The keyring ${file} cannot be read or written: ${code}.`);
}
