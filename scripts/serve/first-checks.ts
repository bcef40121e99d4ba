import { access, constants } from 'node:fs/promises';
import { createServer } from 'node:net';
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

/**
 * Tells that the port can't be had before anything slow is started.
 *
 * @throws PlainProblem
 */
export async function probePort(port: number, host: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(portProblem(error, port, host));
    });
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => {
        resolve();
      });
    });
  });
}

/** One line about what `listen` said. */
export function portProblem(error: unknown, port: number, host: string): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const place = `${host}:${String(port)}`;
  switch (code) {
    case 'EADDRINUSE':
      return new PlainProblem(`PORT ${String(port)} on ${host} is taken: set PORT to a free one.`);
    case 'EACCES':
      return new PlainProblem(`This user may not listen on ${place}: set PORT to 1024 or higher.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new PlainProblem(`HOST ${host} is not an address of this machine.`);
    default:
      return error instanceof Error ? error : new Error(String(error));
  }
}
