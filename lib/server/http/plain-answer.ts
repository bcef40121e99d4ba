import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { outsideRequests } from '../request-context';

/** Answers that the gate gives by itself, before any page exists to say it. */
const SENTENCES = {
  400: 'This request is malformed.',
  403: 'This request did not come from a page of this site, so nothing was done.',
  404: 'There is nothing here.',
  405: 'Only GET, HEAD and POST are understood here.',
  408: 'The request took too long to arrive. Nothing was stored.',
  413: 'That is too large: a secret can have up to 1 MiB of text. Nothing was stored. Go back to shorten it.',
  421: 'This site does not answer under that name, so nothing was done.',
  503: 'Something on our side is not available right now, so what was asked of it may or may not have been done. Please try again in a moment.',
} as const;

/** Of what only looks. */
const NOTHING_READ =
  'Something on our side is not available right now. Nothing was lost or changed by this: please try again in a moment.';

export type PlainStatus = keyof typeof SENTENCES;

/** The sentence of a status, as it is sent. A GET or HEAD changes nothing, whatever came of it. */
export function plainBody(status: PlainStatus, method = 'POST'): string {
  const isLook = method === 'GET' || method === 'HEAD';
  return `${isLook && status === 503 ? NOTHING_READ : SENTENCES[status]}\n`;
}

/** Milliseconds in which a refused answer can be read while its request goes on. */
const READING_TIME = 1_000;

/** Ends a response with one sentence of plain text; after a refused body, the connection soon after. */
export function answerPlainly(response: ServerResponse, status: PlainStatus): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = plainBody(status, response.req.method);
  // What is still to come of a refused body is not worth reading.
  const isLast = status === 413 || status === 408;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...(status === 405 ? { Allow: 'GET, HEAD, POST' } : {}),
    ...(isLast ? { Connection: 'close' } : {}),
  });
  const { socket } = response;
  response.end(body);
  if (isLast && socket !== null) hangUpSoon(socket);
}

/** A client that goes on sending keeps its connection for as long as it likes, if nobody cuts it. */
export function hangUpSoon(socket: Socket): void {
  outsideRequests(() => {
    setTimeout(() => socket.destroy(), READING_TIME).unref();
  });
}
