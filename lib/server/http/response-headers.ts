/**
 * Puts the status and headers on a response at the moment it is sent, so that
 * no page, action, error or framework default can leave them out.
 */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { RequestContext } from '../request-context';
import { contentSecurityPolicy } from './content-security-policy';
import { NO_TRANSFORM } from './marked-scripts';
import type { PrerenderedScripts } from './prerendered-scripts';
import { MEMBERS_ONLY_PAGE, pathOf } from './request-gate';

/** Named after their content, so they never change. */
export const IMMUTABLE = '/_next/static/';
/** Set by the framework where it sends what was rendered at build time. */
const PRERENDERED = 'x-nextjs-prerender';
/** Pages that say nothing about any message may be kept, if they are asked for again each time. */
const REVALIDATED = new Set(['/', MEMBERS_ONLY_PAGE, '/how-it-works']);

export interface HeaderSource {
  readonly fixed: Readonly<Record<string, string>>;
  readonly scripts: PrerenderedScripts;
  readonly isDevelopment: boolean;
}

export function finishHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
  source: HeaderSource,
): void {
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    headers?: OutgoingHttpHeaders,
  ) => ServerResponse;
  response.writeHead = (status: number, first?: unknown, second?: OutgoingHttpHeaders) => {
    const given = (typeof first === 'object' ? first : second) as OutgoingHttpHeaders | undefined;
    for (const [name, value] of Object.entries(given ?? {})) {
      if (value !== undefined) response.setHeader(name, value);
    }
    setHeaders(request, response, source);
    return writeHead(status === 200 && context.status !== null ? context.status : status);
  };
}

function setHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  source: HeaderSource,
): void {
  const path = pathOf(request.url ?? '/');
  for (const [name, value] of Object.entries(source.fixed)) response.setHeader(name, value);
  // A prerendered page has no nonce, whatever the middleware thought of its address.
  if (response.hasHeader(PRERENDERED) || !response.hasHeader('Content-Security-Policy')) {
    response.setHeader(
      'Content-Security-Policy',
      contentSecurityPolicy({
        path,
        inlineScripts: source.scripts.of(path),
        isDevelopment: source.isDevelopment,
      }),
    );
  }
  response.setHeader('Cache-Control', cacheControl(request.method ?? 'GET', path, response));
}

function cacheControl(method: string, path: string, response: ServerResponse): string {
  const given = response.getHeader('Cache-Control');
  if (method !== 'POST' && path.startsWith(IMMUTABLE) && typeof given === 'string') return given;
  if (method !== 'POST' && REVALIDATED.has(path)) {
    return `public, max-age=0, must-revalidate, ${NO_TRANSFORM}`;
  }
  const isPublicFile =
    method !== 'POST' && /^\/[^/]+\.(js|svg|png|ico|txt|webmanifest)$/.test(path);
  return isPublicFile ? 'public, max-age=3600' : `no-store, ${NO_TRANSFORM}`;
}
