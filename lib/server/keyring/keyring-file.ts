import { stat } from 'node:fs/promises';
import { z } from 'zod';
import {
  isMissing,
  KeyringError,
  readPrivateFile,
  replacePrivateFile,
  unusable,
} from './private-file';
import 'server-only';

/* The keyring file: server keys (K1) in clear. */

const EXPIRY_CLASSES = ['hours', 'days', 'weeks'] as const;

/** What lifetimes an epoch seals: see `epoch-rules.ts`. */
export type ExpiryClass = (typeof EXPIRY_CLASSES)[number];

const epochSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{8}$/),
  expiryClass: z.enum(EXPIRY_CLASSES),
  createdAt: z.iso.datetime(),
  retiredAt: z.iso.datetime().nullable(),
  openUntil: z.iso.datetime(),
  key: z.string().regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/),
});

/** Version 1 had one kind of epoch, which sealed whatever there was. */
const firstVersion = z
  .strictObject({
    version: z.literal(1),
    epochs: z.array(epochSchema.omit({ expiryClass: true })),
  })
  .transform(({ epochs }) => ({
    version: 2,
    epochs: epochs.map((epoch) => ({ ...epoch, expiryClass: 'weeks' })),
  }));

const secondVersion = z
  .strictObject({ version: z.literal(2), epochs: z.array(epochSchema).min(1) })
  .refine(({ epochs }) => isUnique(epochs.map(({ id }) => id)))
  .refine(({ epochs }) =>
    isUnique(
      epochs.filter(({ retiredAt }) => retiredAt === null).map(({ expiryClass }) => expiryClass),
    ),
  );

const fileSchema = z.union([secondVersion, firstVersion.pipe(secondVersion)]);

/**
 * One server key (K1, 32 bytes as base64url) and its times. `openUntil`: the latest expiry it
 * has sealed, rounded up. `retiredAt` is null for the one of its class that seals now.
 */
export type StoredEpoch = Readonly<z.infer<typeof epochSchema>>;

/** What the file says, newest epoch last. */
export type StoredEpochs = readonly StoredEpoch[];

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
    const content = await readPrivateFile(file);
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
  await replacePrivateFile(file, `${JSON.stringify({ version: 2, epochs }, null, 2)}\n`);
}

function isUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}
