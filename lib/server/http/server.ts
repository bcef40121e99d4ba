/** The HTTP server: what every request passes before and after the application. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { answerInterface, isOfInterface, refusalOfInterface } from '../api/answer';
import { stopBackgroundWork } from '../background-work';
import { logFailure } from '../log-failure';
import { outsideRequests, requestContexts, type RequestContext } from '../request-context';
import type { Settings } from '../settings';
import { beginStopping } from '../stopping';
import { markScripts, padAnswer } from './answer-body';
import {
  boundConnections,
  clientAddressOf,
  isTrusted,
  refuseEarlyRequests,
  refuseOtherProtocols,
} from './connections';
import {
  askForWholePage,
  normalise,
  silenceFrameworkConsole,
  startFramework,
  type Framework,
} from './framework';
import {
  finishHeaders,
  IMMUTABLE,
  readPrerenderedScripts,
  securityHeaders,
  type HeaderSource,
} from './headers';
import { isServerSealed, properUrl } from './link-address';
import { answerPlainly, hangUpSoon, refuseMalformedPosts, type PlainStatus } from './plain-answer';
import { boundBody, countDroppedMarks, keepLeadingMarks } from './request-body';
import { decide } from './request-gate';

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
  const framework = await startFramework({ dev, directory, host, port: options.port, server });
  const source: HeaderSource = {
    fixed: securityHeaders(settings.appUrl),
    scripts: dev ? { of: () => [] } : await readPrerenderedScripts(join(directory, '.next')),
    isDevelopment: dev,
  };
  const droppedMarks = await countDroppedMarks();
  const isEarly = refuseEarlyRequests();
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (isEarly(response)) return;
    keepLeadingMarks(request, droppedMarks);
    const context = contextOf(request, response, settings);
    finishHeaders(request, response, context, source);
    refuseMalformedPosts(request, response, context);
    void serve(request, response, context, { settings, isDevelopment: dev }, framework);
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
      await withinClosingTime(framework.close());
    },
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
  { settings, isDevelopment }: { readonly settings: Settings; readonly isDevelopment: boolean },
  framework: Framework,
): Promise<void> {
  const asked = request.url ?? '/';
  const refuse = (status: PlainStatus) => {
    const said = isOfInterface(asked) ? refusalOfInterface(status, asked) : undefined;
    answerPlainly(response, status, said);
  };
  boundBody(request, response, () => {
    // A page that needed no body may be out already: then there is nothing left but to hang up.
    if (response.headersSent) hangUpSoon(request.socket);
    else refuse(413);
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
      takesCookies: context.takesCookies,
    },
    settings.appUrl,
  );
  if (decision.kind === 'redirect') {
    response.writeHead(308, { Location: decision.location, 'Cache-Control': 'no-store' });
    response.end();
    return;
  }
  if (decision.kind === 'refuse') {
    refuse(decision.status);
    return;
  }
  // What answers without the page renderer does so here: past the gate, before anything of the
  // request is rewritten for the renderer.
  if (isOfInterface(asked)) {
    await answered(() => answerInterface(request, response));
    return;
  }
  const url = properUrl(asked);
  if (url === null) {
    refuse(400);
    return;
  }
  if (url !== request.url) askForWholePage(request);
  request.url = url;
  normalise(request, context, settings.appUrl);
  if (request.method === 'POST' && isServerSealed(url)) padAnswer(response);
  if (!isDevelopment && !url.startsWith(IMMUTABLE)) markScripts(request, response);
  await answered(() => framework.handle(request, response));

  /** Asks for a body that waits to be asked for, and has the request answered. */
  async function answered(answer: () => Promise<void>): Promise<void> {
    if (request.headers.expect !== undefined && request.httpVersion === '1.1') {
      response.writeContinue();
    }
    try {
      await requestContexts().run(context, answer);
    } catch (error) {
      // A request that was refused meanwhile has its answer, and what came of it is no news.
      if (response.writableEnded) return;
      // The application answers its own errors; what arrives here left nothing to say.
      refuse(logFailure('http', error) === 'away' ? 503 : 500);
    }
  }
}

function contextOf(
  request: IncomingMessage,
  response: ServerResponse,
  settings: Settings,
): RequestContext {
  const forwarded = request.headers['x-forwarded-for'];
  const { socket } = request;
  // What outlives the answer may keep this context, and must not keep what was asked with it.
  let unanswered: ServerResponse | null = response;
  response.once('close', () => {
    unanswered = null;
  });
  return {
    clientAddress: clientAddressOf(
      socket.remoteAddress ?? '',
      Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
      settings.trustedProxies,
    ),
    hasLeft: () => socket.destroyed,
    takesCookies: !isOfInterface(request.url ?? '/'),
    onceAnswered: (call) => {
      if (unanswered === null) call();
      else unanswered.once('close', call);
    },
    status: null,
  };
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
