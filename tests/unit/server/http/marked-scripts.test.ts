import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { markScripts } from '@/lib/server/http/answer-body';

const PAGE = '<p>ä <script src="a"></script>&lt;script&gt;<script>1</script><scripts></p>';
const MARKED =
  '<p>ä <script data-cfasync="false" src="a"></script>&lt;script&gt;<script data-cfasync="false">1</script><scripts></p>';

async function answerOf(
  answer: RequestListener,
  headers: Record<string, string> = {},
): Promise<{ text: string; headers: Headers }> {
  const server = createServer((request, response) => {
    markScripts(request, response);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const response = await fetch(`http://127.0.0.1:${String(port)}`, { headers });
    return { text: await response.text(), headers: response.headers };
  } finally {
    server.close();
  }
}

describe('the scripts of a page', () => {
  it.each([{ 'accept-encoding': 'gzip' }, { 'accept-encoding': 'identity' }])(
    'carry the mark wherever the answer is cut into pieces: %j',
    async (headers) => {
      const bytes = Buffer.from(PAGE);
      for (let at = 0; at <= bytes.length; at += 1) {
        const { text } = await answerOf((_request, response) => {
          response.setHeader('Content-Type', 'text/html; charset=utf-8');
          response.setHeader('Content-Length', String(bytes.length));
          response.write(bytes.subarray(0, at));
          response.end(bytes.subarray(at));
        }, headers);
        expect(text).toBe(MARKED);
      }
    },
  );

  it('carry it in an answer of one piece, and of single bytes', async () => {
    for (const size of [1, 10_000]) {
      const { text } = await answerOf((_request, response) => {
        response.writeHead(200, { 'Content-Type': 'text/html' });
        for (let at = 0; at < Buffer.byteLength(PAGE); at += size) {
          response.write(Buffer.from(PAGE).subarray(at, at + size));
        }
        response.end();
      });
      expect(text).toBe(MARKED);
    }
  });
});

it('a page is compressed for whoever takes that, and for nobody else', async () => {
  const encodingFor = async (accepted: string) => {
    const page: RequestListener = (_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(PAGE);
    };
    const { headers } = await answerOf(page, { 'accept-encoding': accepted });
    return headers.get('content-encoding');
  };
  expect(await encodingFor('gzip, deflate, br')).toBe('gzip');
  expect(await encodingFor('br;q=1, gzip;q=0.5')).toBe('gzip');
  expect(await encodingFor('identity')).toBeNull();
  expect(await encodingFor('gzip;q=0')).toBeNull();
});

it('what is no page stays as it is', async () => {
  const { text, headers } = await answerOf((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(PAGE));
  });
  expect([text, headers.get('content-encoding')]).toEqual([JSON.stringify(PAGE), null]);
});
