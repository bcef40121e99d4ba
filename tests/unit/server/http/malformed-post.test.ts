import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { refuseMalformedPosts } from '@/lib/server/http/plain-answer';
import type { RequestContext } from '@/lib/server/request-context';

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

/** What a client sees of a framework that fails and quotes what was posted. */
async function failed(
  method: string,
  status: RequestContext['status'],
  isFlushedFirst = false,
): Promise<Response> {
  server = createServer((request, response) => {
    refuseMalformedPosts(request, response, {
      clientAddress: '127.0.0.1',
      hasLeft: () => false,
      takesCookies: true,
      onceAnswered: () => undefined,
      status,
    });
    response.statusCode = 500;
    response.setHeader('Content-Type', 'text/html');
    if (isFlushedFirst) response.flushHeaders();
    response.write('<p>quoted');
    response.end('</p>');
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${String(port)}/`, { method });
}

describe('a failure of the framework', () => {
  it.each([
    ['with its first word', false],
    ['before its first word', true],
  ])('on a form that no page made is its sender’s mistake: %s', async (_name, isFlushedFirst) => {
    const answer = await failed('POST', null, isFlushedFirst);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toBe('This request is malformed.\n');
  });

  it.each([
    ['on a page', 'GET', null],
    ['after an action had its say', 'POST', 200],
  ] as const)('%s stays what it is', async (_name, method, status) => {
    expect((await failed(method, status)).status).toBe(500);
  });
});
