import { createServer } from 'node:net';

/** A TCP port on the loopback address that nobody listens on now. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('A listening TCP server has an address.'));
      });
    });
  });
}
