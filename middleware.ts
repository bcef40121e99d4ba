import { NextResponse, type NextRequest } from 'next/server';
import { contentSecurityPolicy } from '@/lib/server/http/content-security-policy';

/**
 * Gives pages that are rendered for one request a nonce for their scripts.
 * Prerendered pages need none: the HTTP server sends hashes for theirs. This is
 * no guard: every page and action authorises for itself.
 */
export function middleware(request: NextRequest): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const policy = contentSecurityPolicy({
    path: request.nextUrl.pathname,
    inlineScripts: [`'nonce-${nonce}'`],
    isDevelopment: process.env.NODE_ENV === 'development',
  });
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

export const config = {
  matcher: [
    '/',
    '/m/:path*',
    '/s/:path*',
    '/r/:path*',
    '/sign-in',
    '/sign-up',
    '/invitation/:path*',
    '/recover/:path*',
    '/email/:path*',
    '/dashboard',
    '/requests/:path*',
    '/settings/:path*',
  ],
};
