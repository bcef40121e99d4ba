/** What somebody does with the files of a browser's profile that they copied. */
import { createDecipheriv, hkdfSync } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LABELS } from '@/lib/protocol/constants';

const KEY_BYTES = 32;
const TAG_BYTES = 16;

/** A sealed seed, as the page's own script finds it. */
export interface SealedSeed {
  readonly iv: readonly number[];
  readonly sealedSeed: readonly number[];
}

/**
 * Tries every 32 bytes in the files of the profile's databases, as the key itself and as what the
 * key is derived from. What opens the seed, in hex.
 *
 * @param share of the session; null for one who has only the files
 */
export async function keysThatOpen(
  profile: string,
  sealed: SealedSeed,
  share: Uint8Array | null,
): Promise<string[]> {
  const found = new Set<string>();
  for (const content of await filesIn(profile, 'IndexedDB')) {
    for (let at = 0; at + KEY_BYTES <= content.length; at += 1) {
      const bytes = content.subarray(at, at + KEY_BYTES);
      const keys =
        share === null ? [bytes, derived(bytes, Buffer.alloc(0))] : [derived(bytes, share)];
      if (keys.some((key) => opens(key, sealed))) found.add(bytes.toString('hex'));
    }
  }
  return Array.from(found);
}

/** The files of a profile that hold these bytes, in any of the forms in which they travel. */
export async function traceInProfile(profile: string, bytes: Uint8Array): Promise<string[]> {
  const raw = Buffer.from(bytes);
  const forms = [
    raw,
    ...(['hex', 'base64', 'base64url'] as const).map((form) => raw.toString(form)),
  ];
  const traces: string[] = [];
  for (const content of await filesIn(profile, '')) {
    for (const form of forms) if (content.includes(form)) traces.push(form.toString('hex'));
  }
  return traces;
}

function derived(localKey: Uint8Array, share: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', localKey, share, LABELS.keptVault, KEY_BYTES));
}

function opens(key: Uint8Array, { iv, sealedSeed }: SealedSeed): boolean {
  const bytes = Buffer.from(sealedSeed);
  const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv));
  cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  cipher.update(bytes.subarray(0, -TAG_BYTES));
  try {
    cipher.final();
    return true;
  } catch {
    return false;
  }
}

async function filesIn(profile: string, below: string): Promise<Buffer[]> {
  const entries = await readdir(profile, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path.includes(below));
  // Some of them come and go while the browser runs.
  const read = await Promise.all(paths.map((path) => readFile(path).catch(() => Buffer.alloc(0))));
  return read.filter(({ length }) => length > 0);
}
