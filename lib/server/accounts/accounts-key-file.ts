/**
 * The file of the accounts key, beside the keyring: one key that is never renewed, since what is
 * kept under it (second factors, mail that waits) outlives every epoch of the keyring.
 */
import { z } from 'zod';
import { decodeBase64url, encodeBase64url } from '@/lib/protocol/base64url';
import { randomBytes } from '@/lib/protocol/bytes';
import { withKeyringLock } from '../keyring/keyring-lock';
import { KeyringError, readPrivateFile, replacePrivateFile } from '../keyring/private-file';
import 'server-only';

export const ACCOUNTS_KEY_BYTES = 32;

const fileSchema = z.strictObject({ version: z.literal(1), key: z.string() });

/**
 * The accounts key, 32 bytes; made at first use, once, however many instances come at once.
 *
 * @throws KeyringError when the file cannot be used. It is left as it is then: another key in its
 * place would lock everybody out who has a second factor.
 */
export async function readOrMakeAccountsKey(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const present = await readKey(file);
  if (present !== null) return present;
  return withKeyringLock(file, async (isHeld) => {
    const made = await readKey(file);
    if (made !== null) return made;
    const key = randomBytes(ACCOUNTS_KEY_BYTES);
    if (!isHeld()) throw new KeyringError(`The lock of ${file} was lost: try again.`);
    await replacePrivateFile(
      file,
      `${JSON.stringify({ version: 1, key: encodeBase64url(key) }, null, 2)}\n`,
    );
    return key;
  });
}

async function readKey(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const content = await readPrivateFile(file);
  if (content === null) return null;
  try {
    const { key } = fileSchema.parse(JSON.parse(content));
    return decodeBase64url(key, ACCOUNTS_KEY_BYTES);
  } catch {
    // Whatever was wrong with it, the reason may quote the key.
    throw new KeyringError(
      `${file} is not an accounts key of this version: restore it from a backup. It is left as it is.`,
    );
  }
}
