import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { failureCode } from '@/lib/server/mail/queue-library';

/** Takes connections and says nothing. */
let silent: Server;
const sockets: Socket[] = [];

beforeAll(async () => {
  silent = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve);
  });
});

afterAll(() => {
  silent.close();
});

async function failureOf(connecting: (pool: pg.Pool) => Promise<unknown>): Promise<unknown> {
  const { port } = silent.address() as AddressInfo;
  const pool = new pg.Pool({ host: '127.0.0.1', port, max: 1, connectionTimeoutMillis: 200 });
  pool.on('error', () => undefined);
  return connecting(pool).catch((error: unknown) => error);
}

it('what the driver gives no code for is told by a word, never by its name alone', async () => {
  const slow = await failureOf((pool) => pool.connect());
  const queued = await failureOf((pool) => Promise.race([pool.connect(), pool.connect()]));
  const cut = await failureOf((pool) => {
    const connecting = pool.connect();
    setTimeout(() => sockets.at(-1)?.destroy(), 50);
    return connecting;
  });
  expect([slow, queued, cut].map(failureCode)).toEqual([
    'no_connection_in_time',
    'no_connection_in_time',
    'connection_lost',
  ]);
});

it('nothing of a message is told, which may quote an address', () => {
  expect(failureCode(new Error('no such mailbox: ada@example.org'))).toBe('Error');
  expect(failureCode(Object.assign(new Error('x'), { code: 'EENVELOPE', responseCode: 550 }))).toBe(
    'EENVELOPE 550',
  );
});
