/**
 * The HTTP server of this process on a database and keyring of its own, with everything but the page
 * renderer: what a client of the public interface meets.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Context } from '@/lib/server/context';
import { createTestDatabase } from '@/tests/support/database';
import { given } from '@/tests/support/given';
import { forgetRuntime } from '@/tests/support/runtime';
import { findFreePort } from '@/scripts/postgres/server-process';

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the body says as JSON; null where it says nothing. */
  readonly json: Readonly<Record<string, unknown>> | null;
}

export type Headings = Readonly<Record<string, string>>;

export interface LiveInterface {
  readonly origin: string;
  /** What the server itself works with. */
  readonly context: Context;
  /** Everything it has logged. */
  readonly logged: () => string;
  /** Posts JSON; `X-Forwarded-For` is the client's address. */
  post(path: string, body: object | string, headers?: Headings): Promise<Told>;
  ask(path: string, request: RequestInit): Promise<Told>;
  close(): Promise<void>;
}

export const givenInterface = (): LiveInterface => given(open, (live) => live.close());

async function open(): Promise<LiveInterface> {
  const own = await createTestDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'sealpost-interface-'));
  forgetRuntime();
  vi.resetModules();
  vi.doMock('@/lib/server/http/framework', async (original) => ({
    ...(await original<object>()),
    startFramework: () =>
      Promise.resolve({
        handle: (_request: unknown, response: { end: (text: string) => void }) => {
          response.end('a page');
          return Promise.resolve();
        },
        close: () => Promise.resolve(),
      }),
  }));
  const port = await findFreePort();
  vi.stubEnv('APP_URL', `http://127.0.0.1:${String(port)}`);
  vi.stubEnv('DATABASE_URL', own.url);
  vi.stubEnv('KEYRING_FILE', join(directory, 'keyring.json'));
  vi.stubEnv('DATA_DIR', directory);
  vi.stubEnv('TRUSTED_PROXIES', '127.0.0.1');
  const lines: string[] = [];
  const written = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });

  const { settings } = await import('@/lib/server/settings');
  const { startHttpServer } = await import('@/lib/server/http/server');
  const { processContext } = await import('@/lib/server/context');
  const { databasePool } = await import('@/lib/server/database');
  const server = await startHttpServer({
    dev: true,
    port,
    host: '127.0.0.1',
    settings: settings(),
  });
  const ask = async (path: string, request: RequestInit): Promise<Told> => {
    const answer = await fetch(`${server.address}${path}`, request);
    const text = await answer.text();
    const isJson = answer.headers.get('Content-Type')?.includes('json') === true;
    const json = isJson && text !== '' ? (JSON.parse(text) as Told['json']) : null;
    return { status: answer.status, headers: answer.headers, text, json };
  };
  return {
    origin: server.address,
    context: processContext(),
    logged: () => lines.join(''),
    ask,
    post: (path, body, headers = {}) =>
      ask(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    close: async () => {
      await server.close();
      await processContext().database.$disconnect();
      if (!databasePool().ended) await databasePool().end();
      written.mockRestore();
      vi.doUnmock('@/lib/server/http/framework');
      vi.unstubAllEnvs();
      vi.resetModules();
      forgetRuntime();
      await own.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
