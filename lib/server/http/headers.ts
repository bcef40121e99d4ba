/**
 * Puts the status and headers on a response at the moment it is sent, so that
 * no page, action, error or framework default can leave them out.
 */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { RequestContext } from '../request-context';
import { contentSecurityPolicy } from './content-security-policy';
import { pathOf } from './request-gate';

const NO_TRANSFORM = 'no-transform';
/** Named after their content, so they never change. */
export const IMMUTABLE = '/_next/static/';
/** Set by the framework where it sends what was rendered at build time. */
const PRERENDERED = 'x-nextjs-prerender';
/** Pages that say nothing about any message may be kept, if they are asked for again each time. */
const REVALIDATED = new Set(['/docs/api', '/how-it-works']);

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
  beforeHead(response, (status) => {
    setHeaders(request, response, source);
    return status === 200 && context.status !== null ? context.status : status;
  });
}

/**
 * Calls `prepare` when the head of an answer is about to go out: every header is set on the response by
 * then, also those that are given with the status.
 *
 * @param prepare gives the status to send
 */
export function beforeHead(response: ServerResponse, prepare: (status: number) => number): void {
  const writeHead: (status: number) => ServerResponse = response.writeHead.bind(response);
  response.writeHead = (status: number, first?: unknown, second?: OutgoingHttpHeaders) => {
    const given = (typeof first === 'object' ? first : second) as OutgoingHttpHeaders | undefined;
    for (const [name, value] of Object.entries(given ?? {})) {
      if (value !== undefined) response.setHeader(name, value);
    }
    return writeHead(prepare(status));
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

const POTENTIALLY_TRUSTWORTHY = new Set(['localhost', '127.0.0.1', '[::1]']);

const CLOSED_FEATURES = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'xr-spatial-tracking',
];

/** Copying is what the pages do, and sharing, which they may by default; nothing else is asked of a device. */
const PERMISSIONS_POLICY = [
  ...CLOSED_FEATURES.map((feature) => `${feature}=()`),
  'clipboard-read=()',
  'clipboard-write=(self)',
].join(', ');

const TWO_YEARS = 63_072_000;

export function securityHeaders(appUrl: URL): Readonly<Record<string, string>> {
  const isHttps = appUrl.protocol === 'https:';
  // Over plain http beyond this machine browsers don't vouch for a form's site
  // (no Sec-Fetch-Site), so its origin must not be hidden by the referrer policy.
  const vouched = isHttps || POTENTIALLY_TRUSTWORTHY.has(appUrl.hostname);
  return {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Origin-Agent-Cluster': '?1',
    'Permissions-Policy': PERMISSIONS_POLICY,
    'Referrer-Policy': vouched ? 'no-referrer' : 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'X-Permitted-Cross-Domain-Policies': 'none',
    'X-Robots-Tag': 'noindex, nofollow, noarchive, nosnippet',
    ...(isHttps ? { 'Strict-Transport-Security': `max-age=${TWO_YEARS}; includeSubDomains` } : {}),
  };
}

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;
const NOT_FOUND_PAGE = '/_not-found';

/** The inline scripts of the pages that were rendered at build time, as CSP source expressions. */
export interface PrerenderedScripts {
  /** The hashes for a path; those of the not-found page for a path that has no page. */
  of(path: string): readonly string[];
}

/** Reads the prerendered pages of a build. Their scripts are fixed, so hashes will do instead of nonces. */
export async function readPrerenderedScripts(buildDirectory: string): Promise<PrerenderedScripts> {
  const root = join(buildDirectory, 'server', 'app');
  const hashes = new Map<string, readonly string[]>();
  for (const entry of await readdir(root, { recursive: true })) {
    if (!entry.endsWith('.html')) continue;
    const page = `/${entry.slice(0, -'.html'.length).replaceAll('\\', '/')}`;
    const html = await readFile(join(root, entry), 'utf8');
    hashes.set(page === '/index' ? '/' : page, hashesOf(html));
  }
  return { of: (path) => hashes.get(path) ?? hashes.get(NOT_FOUND_PAGE) ?? [] };
}

function hashesOf(html: string): readonly string[] {
  const sources = [...html.matchAll(INLINE_SCRIPT)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script, 'utf8').digest('base64')}'`,
  );
  return [...new Set(sources)];
}
