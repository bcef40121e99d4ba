import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { outsideRequests, type RequestContext } from '../request-context';

/** Answers that the gate gives by itself, before any page exists to say it. */
const SENTENCES = {
  400: 'This request is malformed.',
  403: 'This request did not come from a page of this site, so nothing was done.',
  404: 'There is nothing here.',
  405: 'Only GET, HEAD and POST are understood here.',
  413: 'That is too large: a secret can have up to 1 MiB of text. Nothing was stored. Go back to shorten it.',
  421: 'This site does not answer under that name, so nothing was done.',
  500: 'Something went wrong here by a mistake of ours, so what was asked may or may not have been done. Tell whoever runs this site at what time: it stands in their log.',
  503: 'Something on our side is not available right now, so what was asked of it may or may not have been done. Please try again in a moment.',
} as const;

/** Of what only looks. */
const SENTENCES_OF_LOOKS: Partial<Record<PlainStatus, string>> = {
  500: 'Something went wrong here by a mistake of ours. Nothing was lost or changed by this. Tell whoever runs this site at what time: it stands in their log.',
  503: 'Something on our side is not available right now. Nothing was lost or changed by this: please try again in a moment.',
};

export type PlainStatus = keyof typeof SENTENCES;

/** The sentence of a status, as it is sent. A GET or HEAD changes nothing, whatever came of it. */
export function plainBody(status: PlainStatus, method = 'POST'): string {
  const isLook = method === 'GET' || method === 'HEAD';
  return `${(isLook ? SENTENCES_OF_LOOKS[status] : undefined) ?? SENTENCES[status]}\n`;
}

/** Milliseconds in which a refused answer can be read while its request goes on. */
const READING_TIME = 1_000;

/** What an answer says, where it is no page. */
export interface Said {
  readonly text: string;
  readonly headers: Readonly<Record<string, string | number>>;
}

function plainly(status: PlainStatus, method: string | undefined): Said {
  return {
    text: plainBody(status, method),
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      ...(status === 405 ? { Allow: 'GET, HEAD, POST' } : {}),
    },
  };
}

/** Ends a response with a sentence, of plain text; after a refused body, the connection soon after. */
export function answerPlainly(
  response: ServerResponse,
  status: PlainStatus,
  { text, headers }: Said = plainly(status, response.req.method),
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // What is still to come of a refused body is not worth reading.
  const isLast = status === 413;
  response.writeHead(status, {
    ...headers,
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    ...(isLast ? { Connection: 'close' } : {}),
  });
  const { socket } = response;
  response.end(text);
  if (isLast && socket !== null) hangUpSoon(socket);
}

/** A client that goes on sending keeps its connection for as long as it likes, if nobody cuts it. */
export function hangUpSoon(socket: Socket): void {
  outsideRequests(() => {
    setTimeout(() => socket.destroy(), READING_TIME).unref();
  });
}

/**
 * Turns the framework's failures on posts into plain refusals. Every action
 * that is reached says its status; a failure without one comes from a form that
 * no page of ours made, so it is its sender's mistake, and nothing is quoted.
 */
export function refuseMalformedPosts(
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
): void {
  if (request.method !== 'POST') return;
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  const write = response.write.bind(response) as (...args: unknown[]) => boolean;
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  const body = plainBody(400);
  let isRefused = false;

  /** The framework sends its status before its first word, or with it: both lead here. */
  const refuse = (status: number) => {
    if (isRefused || response.headersSent || status !== 500 || context.status !== null) return;
    isRefused = true;
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.setHeader('Content-Length', Buffer.byteLength(body));
    writeHead(400);
  };

  response.writeHead = (status: number, ...rest: unknown[]) => {
    refuse(status);
    return isRefused ? response : writeHead(status, ...rest);
  };
  response.write = (...args: unknown[]) => {
    refuse(response.statusCode);
    return isRefused || write(...args);
  };
  response.end = (...args: unknown[]) => {
    refuse(response.statusCode);
    return isRefused ? end(body) : end(...args);
  };
}
