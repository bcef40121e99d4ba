/**
 * The mark: how far the database had come when a secret was last handed out,
 * kept in a file outside of it. It holds no secret.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { withKeyringLock } from '../keyring/keyring-lock';
import { isMissing, KeyringError, replaceFile, systemCodeOf } from '../keyring/private-file';
import 'server-only';

const markSchema = z.strictObject({
  version: z.literal(1),
  databaseId: z.uuid(),
  endings: z.string().regex(/^\d{1,19}$/),
});

export interface Mark {
  readonly databaseId: string;
  readonly endings: bigint;
}

/** The mark can't be read or written, so nothing may be handed out. */
export class MarkError extends KeyringError {
  override readonly name = 'MarkError';
}

/** @returns null when there is no mark yet. @throws MarkError for a file that is none. */
export async function readMark(file: string): Promise<Mark | null> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw new MarkError(`The mark ${file} cannot be read.`, systemCodeOf(error));
  }
  try {
    const { databaseId, endings } = markSchema.parse(JSON.parse(content));
    return { databaseId, endings: BigInt(endings) };
  } catch {
    throw new MarkError(`${file} is not a mark of this version.`);
  }
}

/**
 * Moves the mark forward, durably, and never back: instances that share the
 * file may be ahead. A mark of another database is replaced.
 *
 * @returns the mark as it stands now
 * @throws MarkError, or KeyringError when the lock cannot be had
 */
export async function advanceMark(file: string, mark: Mark): Promise<Mark> {
  return withKeyringLock(file, async () => {
    const present = await readMark(file);
    if (
      present !== null &&
      present.databaseId === mark.databaseId &&
      present.endings >= mark.endings
    ) {
      return present;
    }
    await replaceMark(file, mark);
    return mark;
  });
}

/**
 * Writes the mark as it stands once more: whether that works is whether the next one can be recorded.
 * Where no mark lies, nothing is written, and nothing is known by that.
 *
 * @returns whether it was written
 * @throws MarkError, or KeyringError when the lock cannot be had
 */
export async function rewriteMark(file: string): Promise<boolean> {
  return withKeyringLock(file, async () => {
    const present = await readMark(file);
    if (present !== null) await replaceMark(file, present);
    return present !== null;
  });
}

async function replaceMark(file: string, { databaseId, endings }: Mark): Promise<void> {
  const content = { version: 1, databaseId, endings: String(endings) };
  try {
    await replaceFile(file, `${JSON.stringify(content)}\n`);
  } catch (error) {
    throw new MarkError(`The mark ${file} cannot be written.`, systemCodeOf(error));
  }
}
