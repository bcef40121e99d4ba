/**
 * Decides, from its headers alone, whether a request reaches the application.
 * Rules: links are built from APP_URL, so nothing a client sends may pose as
 * it; what changes something must come from one of our own pages, or from a
 * client that is not a browser and carries no cookie that counts.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { MAX_BODY_BYTES } from './request-body';

export interface GateRequest {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The request came by https, as far as trusted proxies say. */
  readonly isHttps: boolean;
  /** A cookie would count for what it asks. */
  readonly takesCookies: boolean;
}

export type GateDecision =
  | { readonly kind: 'pass' }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'refuse'; readonly status: 400 | 403 | 404 | 405 | 413 | 421 };

const METHODS = new Set(['GET', 'HEAD', 'POST']);
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
export const HEALTH_PATH = '/api/health';

export function decide(request: GateRequest, appUrl: URL): GateDecision {
  const { method, url, headers } = request;
  if (!METHODS.has(method)) return { kind: 'refuse', status: 405 };
  if (Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    return { kind: 'refuse', status: 413 };
  }
  if (!url.startsWith('/') || url.startsWith('//')) return { kind: 'refuse', status: 400 };
  if (pathOf(url) === HEALTH_PATH) return { kind: 'pass' };
  if (hasDotSegment(pathOf(url))) return { kind: 'refuse', status: 400 };
  if (url.startsWith('/_next/image')) return { kind: 'refuse', status: 404 };
  if (appUrl.protocol === 'https:' && !request.isHttps) {
    return method === 'POST'
      ? { kind: 'refuse', status: 403 }
      : { kind: 'redirect', location: `${appUrl.origin}${url}` };
  }
  if (method !== 'POST') return { kind: 'pass' };
  const decision = decidePost(request, appUrl);
  if (decision.kind !== 'pass' || url.startsWith('/api/') || isForPage(headers)) return decision;
  return { kind: 'refuse', status: 400 };
}

/**
 * A page takes the forms that it sent, and its scripts' calls. To any other body it would answer with
 * itself, as if all were well.
 */
function isForPage(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type'] ?? '';
  return headers['next-action'] !== undefined || /^multipart\/form-data\b/i.test(type);
}

function decidePost({ headers, takesCookies }: GateRequest, appUrl: URL): GateDecision {
  const fetchSite = headers['sec-fetch-site'];
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') {
    return { kind: 'refuse', status: 403 };
  }
  const { origin } = headers;
  if (origin === undefined) {
    if (takesCookies && headers.cookie !== undefined) return { kind: 'refuse', status: 403 };
    // Browsers post with an origin. A text browser or a program may post without one.
    return isOurHost(headers.host, appUrl) ? { kind: 'pass' } : { kind: 'refuse', status: 421 };
  }
  if (origin === 'null') {
    // A page served with `no-referrer` posts its forms with a null origin. The
    // browser's own word that it is one of our pages is then the one to go by.
    return fetchSite === 'same-origin' ? { kind: 'pass' } : { kind: 'refuse', status: 403 };
  }
  return isOurOrigin(origin, appUrl) ? { kind: 'pass' } : { kind: 'refuse', status: 403 };
}

function isOurOrigin(origin: string, appUrl: URL): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname, port } = new URL(origin);
  return protocol === appUrl.protocol && isOurs(hostname, port, appUrl);
}

function isOurHost(host: string | undefined, appUrl: URL): boolean {
  if (host === undefined || !URL.canParse(`${appUrl.protocol}//${host}`)) return false;
  const { hostname, port } = new URL(`${appUrl.protocol}//${host}`);
  // Behind a proxy the host may be the one the proxy dials: this machine itself.
  return isOurs(hostname, port, appUrl) || LOOPBACK.has(hostname);
}

/** The address of the instance; on one's own machine, under any of the machine's own names. */
function isOurs(hostname: string, port: string, appUrl: URL): boolean {
  if (hostname === appUrl.hostname) return port === appUrl.port;
  return LOOPBACK.has(hostname) && LOOPBACK.has(appUrl.hostname) && port === appUrl.port;
}

/** No client that is up to good sends one, and what it names is decided further inside. */
function hasDotSegment(path: string): boolean {
  return path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}

export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}
