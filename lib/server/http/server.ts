/** The HTTP server: what every request passes before and after the application. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import next from 'next';
import { stopBackgroundWork } from '../background-work';
import { lastHeardWhoMaySend } from '../heard-policy';
import { log } from '../log';
import { outsideRequests, requestContexts, type RequestContext } from '../request-context';
import type { Settings } from '../settings';
import { beginStopping } from '../stopping';
import { boundBody } from './body-limit';
import { clientAddressOf, isTrusted } from './client-address';
import { boundConnections, refuseOtherProtocols } from './connections';
import { silenceFrameworkConsole, withoutFrameworkNews } from './framework-console';
import { askForWholePage, choosePrinted } from './front-page';
import { countDroppedMarks, keepLeadingMarks } from './leading-mark';
import { isServerSealed, properUrl } from './link-address';
import { refuseMalformedPosts } from './malformed-post';
import { markScripts } from './marked-scripts';
import { padAnswer } from './padded-answer';
import { answerPlainly, hangUpSoon } from './plain-answer';
import { readPrerenderedScripts } from './prerendered-scripts';
import { decide } from './request-gate';
import { finishHeaders, IMMUTABLE, type HeaderSource } from './response-headers';
import { securityHeaders } from './security-headers';

/** Milliseconds that a request's headers, and the whole of it, may take to arrive. */
const HEADERS_TIMEOUT = 15_000;
const REQUEST_TIMEOUT = 60_000;
/** Milliseconds between looks for those that are late. */
const CHECKING_INTERVAL = 5_000;
/** Milliseconds in which nothing moves on a connection with an answer under way: its reader is gone. */
const STALLED_TIMEOUT = 75_000;
/** Milliseconds that an idle connection is kept: longer than a proxy keeps it, or one sends into a closed one. */
const KEEP_ALIVE_TIMEOUT = 75_000;
/** Milliseconds that open requests and background work are given when the server closes. */
const CLOSING_TIME = 5_000;

export interface HttpServerOptions {
  readonly dev: boolean;
  readonly port: number;
  readonly host: string;
  readonly settings: Settings;
  /** The checkout; its build is in `.next`. */
  readonly directory?: string;
}

export interface RunningHttpServer {
  /** Where it listens, e.g. `http://127.0.0.1:3000`. */
  readonly address: string;
  close(): Promise<void>;
}

/** @throws the error of `listen`, such as EADDRINUSE */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const { dev, host, settings } = options;
  const directory = options.directory ?? process.cwd();
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT,
    requestTimeout: REQUEST_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    connectionsCheckingInterval: CHECKING_INTERVAL,
  });
  outsideRequests(() => undefined);
  const cutConnections = boundConnections(server, settings.trustedProxies);
  if (!dev) {
    server.timeout = STALLED_TIMEOUT;
    refuseOtherProtocols(server);
  }
  const app = next({
    dev,
    dir: directory,
    hostname: host,
    port: options.port,
    // The framework answers upgrades on the server it is given, and on that of any request if it is
    // given none. Only its reloading in development needs them: otherwise it gets one that is idle.
    httpServer: dev ? server : createServer(),
  });
  await withoutFrameworkNews(() => app.prepare());
  const handle = app.getRequestHandler();
  const source: HeaderSource = {
    fixed: securityHeaders(settings.appUrl),
    scripts: dev ? { of: () => [] } : await readPrerenderedScripts(join(directory, '.next')),
    isDevelopment: dev,
  };
  const droppedMarks = await countDroppedMarks();
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (response.socket === null) {
      // The answer before this one still has the connection: nobody needs to ask before it is out.
      request.socket.destroy();
      return;
    }
    keepLeadingMarks(request, droppedMarks);
    const context = contextOf(request, settings);
    finishHeaders(request, response, context, source);
    refuseMalformedPosts(request, response, context);
    void serve(request, response, context, { settings, isDevelopment: dev }, handle);
  };
  server.on('request', answer);
  // A body that waits to be asked for is asked for only when its headers have passed.
  server.on('checkContinue', answer);
  await listen(server, options.port, host);
  if (!dev) silenceFrameworkConsole();
  const { address, port, family } = server.address() as AddressInfo;
  return {
    address: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    close: async () => {
      beginStopping();
      await Promise.all([close(server, cutConnections), withinClosingTime(stopBackgroundWork())]);
      await withinClosingTime(app.close());
    },
  };
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
  { settings, isDevelopment }: { readonly settings: Settings; readonly isDevelopment: boolean },
  handle: Handle,
): Promise<void> {
  boundBody(request, response, () => {
    // A page that needed no body may be out already: then there is nothing left but to hang up.
    if (response.headersSent) hangUpSoon(request.socket);
    else answerPlainly(response, 413);
  });
  const peer = request.socket.remoteAddress ?? '';
  const decision = decide(
    {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      isHttps:
        isTrusted(peer, settings.trustedProxies) &&
        request.headers['x-forwarded-proto'] === 'https',
    },
    settings.appUrl,
  );
  if (decision.kind === 'redirect') {
    response.writeHead(308, { Location: decision.location, 'Cache-Control': 'no-store' });
    response.end();
    return;
  }
  if (decision.kind === 'refuse') {
    answerPlainly(response, decision.status);
    return;
  }
  const url = properUrl(request.url ?? '/');
  if (url === null) {
    answerPlainly(response, 400);
    return;
  }
  if (url !== request.url) askForWholePage(request);
  request.url = url;
  normalise(request, context, settings.appUrl);
  choosePrinted(request, lastHeardWhoMaySend());
  if (request.method === 'POST' && isServerSealed(url)) padAnswer(response);
  if (!isDevelopment && !url.startsWith(IMMUTABLE)) markScripts(request, response);
  if (request.headers.expect !== undefined && request.httpVersion === '1.1') {
    response.writeContinue();
  }
  try {
    await requestContexts().run(context, () => handle(request, response));
  } catch {
    // A request that was refused meanwhile has its answer, and what came of it is no news.
    if (response.writableEnded) return;
    // The application answers its own errors; what arrives here left nothing to say.
    log.error('request_failed', { at: 'http' });
    answerPlainly(response, 503);
  }
}

function contextOf(request: IncomingMessage, settings: Settings): RequestContext {
  const forwarded = request.headers['x-forwarded-for'];
  const { socket } = request;
  return {
    clientAddress: clientAddressOf(
      socket.remoteAddress ?? '',
      Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
      settings.trustedProxies,
    ),
    hasLeft: () => socket.destroyed,
    status: null,
  };
}

/**
 * The application sees one host, its own, and no header that a client could
 * use to pose as a proxy or as a part of the framework.
 */
function normalise(request: IncomingMessage, context: RequestContext, appUrl: URL): void {
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

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server, cutConnections: () => void): Promise<void> {
  return new Promise((resolve) => {
    const end = setTimeout(cutConnections, CLOSING_TIME);
    server.close(() => {
      clearTimeout(end);
      resolve();
    });
    server.closeIdleConnections();
  });
}

async function withinClosingTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSING_TIME);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
