/**
 * The page renderer: how it is started, what it is told of a request, and what it may not say. It is
 * asked only for proper addresses by requests that passed the gate. It prints errors as they are, and an
 * error may quote what was posted (a JSON parser does): of its own words the log has that they were
 * there, and the error's kind and place.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import next from 'next';
import { log, type LogFields } from '../log';
import { whatOf } from '../log-failure';
import type { RequestContext } from '../request-context';

export interface Framework {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface FrameworkOptions {
  readonly dev: boolean;
  /** The checkout; its build is in `.next`. */
  readonly directory: string;
  readonly host: string;
  readonly port: number;
  readonly server: Server;
}

export async function startFramework(options: FrameworkOptions): Promise<Framework> {
  const { dev, directory, host, port, server } = options;
  const app = next({
    dev,
    dir: directory,
    hostname: host,
    port,
    // The framework answers upgrades on the server it is given, and on that of any request if it is
    // given none. Only its reloading in development needs them: otherwise it gets one that is idle.
    httpServer: dev ? server : createServer(),
  });
  await withoutFrameworkNews(() => app.prepare());
  return { handle: app.getRequestHandler(), close: () => app.close() };
}

/**
 * The application sees one host, its own, and no header that a client could
 * use to pose as a proxy or as a part of the framework.
 */
export function normalise(request: IncomingMessage, context: RequestContext, appUrl: URL): void {
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith('x-forwarded-') || name.startsWith('x-middleware-')) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a plain header map
      delete request.headers[name];
    }
  }
  request.headers.host = appUrl.host;
  // The gate has decided about the origin; a text browser, which sends none, was let in by it.
  if (request.method === 'POST') {
    request.headers.origin = appUrl.origin;
    // What answers a form may repeat something secret, whose length would show in a compressed answer.
    delete request.headers['accept-encoding'];
  }
  request.headers['x-forwarded-for'] = context.clientAddress;
  request.headers['x-forwarded-host'] = appUrl.host;
  request.headers['x-forwarded-proto'] = appUrl.protocol.slice(0, -1);
}

/** By these the framework is asked for a part of a page. */
const PARTS = [
  'rsc',
  'next-router-state-tree',
  'next-router-prefetch',
  'next-router-segment-prefetch',
];

/** For an address that was rewritten here: a part of its page would be redirected to it without an end. */
export function askForWholePage(request: IncomingMessage): void {
  for (const name of PARTS) {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a plain header map
    delete request.headers[name];
  }
}

/** Replaces `console.error` and `console.warn` for the rest of the process. */
export function silenceFrameworkConsole(): void {
  Object.assign(console, {
    error: (...words: unknown[]) => {
      log.error('request_failed', { at: 'framework', ...whatWasSaid(words) });
    },
    warn: (...words: unknown[]) => {
      log.warn('request_refused', { at: 'framework', ...whatWasSaid(words) });
    },
  });
}

/** Leaves out what the framework tells of its own settings while it gets ready: news to nobody. */
async function withoutFrameworkNews(work: () => Promise<void>): Promise<void> {
  const { log: write } = console;
  Object.assign(console, {
    log: (...words: unknown[]) => {
      if (!words.some((word) => String(word).includes('Running next.config'))) write(...words);
    },
  });
  try {
    await work();
  } finally {
    Object.assign(console, { log: write });
  }
}

function whatWasSaid(words: readonly unknown[]): LogFields {
  const error = words.find((word) => word instanceof Error);
  return error === undefined ? { code: 'message' } : whatOf(error);
}
