import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createKeyring } from '@/lib/server/keyring/keyring';
import { KeyringError } from '@/lib/server/keyring/private-file';
import { PlainProblem } from '../setup/plain-problem.mjs';

/**
 * Makes sure that the keyring is one, making it where there is none, and that it can be replaced
 * when a key is due: an app without its keys answers, but seals and opens nothing.
 *
 * @param file absolute path
 * @throws PlainProblem
 */
export async function checkKeyring(file: string): Promise<void> {
  try {
    await createKeyring({ file }).list();
    await access(file, constants.R_OK | constants.W_OK);
    await access(dirname(file), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new PlainProblem(`KEYRING_FILE cannot be used. ${reasonOf(file, error)}`);
  }
}

function reasonOf(file: string, error: unknown): string {
  if (error instanceof KeyringError) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return code === 'EISDIR' ? `${file} is a directory.` : `${file}: ${code}.`;
}
