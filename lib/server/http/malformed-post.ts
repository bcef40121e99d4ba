import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestContext } from '../request-context';
import { plainBody } from './plain-answer';

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
