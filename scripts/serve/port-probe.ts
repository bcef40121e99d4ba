import { createServer } from 'node:net';
import { PlainProblem } from '../setup/plain-problem.mjs';

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
