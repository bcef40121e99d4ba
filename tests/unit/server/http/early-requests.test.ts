import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { refuseEarlyRequests } from '@/lib/server/http/connections';

const ASK = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
const answers = (told: string) => told.match(/HTTP\/1\.1 200/g)?.length ?? 0;

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that answers when it is told to. */
async function given(): Promise<{
  running: Server;
  port: number;
  underWay: () => Promise<ServerResponse>;
}> {
  const isEarly = refuseEarlyRequests();
  const waiting: ServerResponse[] = [];
  const running = createServer((_request, response) => {
    if (!isEarly(response)) waiting.push(response);
    running.emit('asked');
  });
  server = running;
  running.listen(0, '127.0.0.1');
  await once(running, 'listening');
  const underWay = async () => {
    const response = waiting.shift();
    if (response !== undefined) return response;
    await once(running, 'asked');
    return underWay();
  };
  return { running, port: (running.address() as AddressInfo).port, underWay };
}

it('a request sent before an answer is out does not cost that answer, and gets none', async () => {
  const { running, port, underWay } = await given();
  const socket = connect(port, '127.0.0.1');
  const told = text(socket);
  socket.write(ASK);
  const response = await underWay();
  socket.write(ASK + ASK);
  await once(running, 'asked');
  const long = 'a'.repeat(200_000);
  response.end(long);
  const whole = await told;
  expect(answers(whole)).toBe(1);
  expect(whole.endsWith(long)).toBe(true);
});

it('one sent after the answer is answered', async () => {
  const { port, underWay } = await given();
  const socket = connect(port, '127.0.0.1');
  const told = text(socket);
  socket.write(ASK);
  (await underWay()).end('one');
  await once(socket, 'readable');
  socket.write(ASK);
  (await underWay()).end('two');
  socket.end();
  expect(answers(await told)).toBe(2);
});

it('a connection that sends very many of them is cut', async () => {
  const { port, underWay } = await given();
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(ASK);
  await underWay();
  const closed = once(socket, 'close');
  socket.write(ASK.repeat(100));
  socket.resume();
  await closed;
});
