import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { finishHeaders, securityHeaders } from '@/lib/server/http/headers';
import type { RequestContext } from '@/lib/server/request-context';

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

/** What a client sees of an application that answers in the given way. */
async function answered(
  path: string,
  answer: Parameters<typeof createServer>[1],
  {
    status = null,
    appUrl = 'http://localhost:3000',
    method = 'GET',
  }: Partial<{ status: RequestContext['status']; appUrl: string; method: string }> = {},
): Promise<Response> {
  const fixed = securityHeaders(new URL(appUrl));
  const scripts = { of: (of: string) => [`'sha256-of-${of}'`] };
  server = createServer((request, response) => {
    const context = {
      clientAddress: '127.0.0.1',
      hasLeft: () => false,
      takesCookies: true,
      onceAnswered: () => undefined,
      status,
    };
    finishHeaders(request, response, context, { fixed, scripts, isDevelopment: false });
    answer?.(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}${path}`, { method });
}

const page: Parameters<typeof createServer>[1] = (_request, response) => {
  response.setHeader('Content-Type', 'text/html');
  response.end('<p>page</p>');
};

describe('every answer', () => {
  it.each([
    ['a page', page],
    [
      'an answer with its own headers',
      (_: unknown, response: Parameters<NonNullable<typeof page>>[1]) => {
        response.writeHead(200, 'fine', {
          'Content-Type': 'text/plain',
          'Referrer-Policy': 'unsafe-url',
        });
        response.end('text');
      },
    ],
    [
      'a failure',
      (_: unknown, response: Parameters<NonNullable<typeof page>>[1]) => {
        response.statusCode = 500;
        response.end();
      },
    ],
  ])('carries the security headers: %s', async (_name, answer) => {
    const { headers } = await answered('/m/x', answer);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('is bound to https where APP_URL is https', async () => {
    const { headers } = await answered('/', page, { appUrl: 'https://send.agency.example' });
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8,}/);
  });

  it('has the status that the page or action gave it', async () => {
    expect((await answered('/m/x', page, { status: 410 })).status).toBe(410);
    server?.close();
    const failure = await answered(
      '/m/x',
      (_request, response) => {
        response.statusCode = 500;
        response.end();
      },
      { status: 200 },
    );
    expect(failure.status).toBe(500);
  });

  it('keeps a nonce policy of the middleware, else has the hashes of its page', async () => {
    const { headers } = await answered('/how-it-works', page);
    expect(headers.get('content-security-policy')).toContain("'sha256-of-/how-it-works'");
    server?.close();
    const withNonce = await answered('/m/x', (request, response) => {
      response.setHeader('Content-Security-Policy', "script-src 'nonce-abc'");
      page(request, response);
    });
    expect(withNonce.headers.get('content-security-policy')).toBe("script-src 'nonce-abc'");
  });
});

describe('what may be stored', () => {
  it.each([
    ['/m/token', 'GET', 'no-store, no-transform'],
    ['/s/token', 'GET', 'no-store, no-transform'],
    ['/api/health', 'GET', 'no-store, no-transform'],
    ['/', 'POST', 'no-store, no-transform'],
    ['/nothing-here', 'GET', 'no-store, no-transform'],
    ['/', 'GET', 'no-store, no-transform'],
    ['/how-it-works', 'GET', 'public, max-age=0, must-revalidate, no-transform'],
  ])('%s by %s: %s', async (path, method, expected) => {
    const cached: typeof page = (request, response) => {
      response.setHeader('Cache-Control', 's-maxage=31536000');
      page(request, response);
    };
    expect((await answered(path, cached, { method })).headers.get('cache-control')).toBe(expected);
  });
});
