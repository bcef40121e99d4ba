import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { boundBody } from '@/lib/server/http/request-body';

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

it('a body in chunks of one byte comes whole, and in few pieces: each piece costs as much as a large one', async () => {
  server = createServer((request, response) => {
    boundBody(request, response, () => response.end('refused'));
    let [pieces, bytes] = [0, 0];
    request.on('data', (piece: Buffer) => {
      pieces += 1;
      bytes += piece.length;
    });
    request.on('end', () => response.end(`${String(bytes)} bytes, ${String(pieces)} pieces`));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(
    'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n',
  );
  socket.write(`${'1\r\na\r\n'.repeat(100_000)}0\r\n\r\n`);
  const [, bytes, pieces] = /(\d+) bytes, (\d+) pieces/.exec(await text(socket)) ?? [];
  expect(Number(bytes)).toBe(100_000);
  expect(Number(pieces)).toBeLessThan(1_000);
});
