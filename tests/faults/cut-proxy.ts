import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Chance } from './random';

/** Stands in front of one instance and cuts connections: requests get lost, and answers in their middle. */
export interface CutProxy {
  /** e.g. `http://127.0.0.1:40123` */
  readonly url: string;
  /** How many of the requests are cut from now on, 0 to 1. */
  setShare(share: number): void;
  /** How many were cut so far. */
  cuts(): number;
  close(): Promise<void>;
}

/** Longer than the head of any answer, so that bodies are cut as well. */
const LONGEST_PART = 6_000;

export async function startCutProxy(target: number, chance: Chance): Promise<CutProxy> {
  let share = 0;
  let cuts = 0;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A connection that breaks is what this is for.
    socket.on('error', () => {});
  };

  const server = createServer((client) => {
    // An address of its own for each connection, as clients have: limits go by addresses.
    const localAddress = `127.${chance.between(1, 254)}.${chance.between(0, 255)}.${chance.between(1, 254)}`;
    const app = connect({
      port: target,
      host: '127.0.0.1',
      ...(process.platform === 'linux' ? { localAddress } : {}),
    });
    keep(client);
    keep(app);
    let rest = Infinity;
    const end = () => {
      client.destroy();
      app.destroy();
    };
    const cut = () => {
      cuts += 1;
      end();
    };
    client.on('data', (chunk) => {
      if (chance.happens(share)) {
        if (chance.happens(0.2)) {
          cut();
          return;
        }
        // Half of them lose the whole answer, the others their end.
        rest = chance.happens(0.5) ? 0 : chance.between(1, LONGEST_PART);
      }
      app.write(chunk);
    });
    app.on('data', (chunk) => {
      if (chunk.length <= rest) {
        rest -= chunk.length;
        client.write(chunk);
        return;
      }
      client.write(chunk.subarray(0, rest), cut);
    });
    client.once('close', end);
    app.once('close', end);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    setShare: (wanted) => {
      share = wanted;
    },
    cuts: () => cuts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
