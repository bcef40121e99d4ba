/** The cookies of this app. Each is for its own pages alone, and no script reads it. */
import 'server-only';
import { settings } from '../settings';

/** The prefix makes a browser refuse the cookie from anything but https, where there is https. */
function cookieName(name: 'session' | 'csrf' | 'browser'): string {
  return `${isHttps() ? '__Host-' : ''}sealpost-${name}`;
}

export function sessionCookieName(): string {
  return cookieName('session');
}

/** Of a browser in which staff are about to sign in or out, until it is closed. */
export function csrfCookieName(): string {
  return cookieName('csrf');
}

/** Of a browser that signed in before (see `known-browser.ts`). */
export function browserCookieName(): string {
  return cookieName('browser');
}

/**
 * The cookies of the page or action that is answered. The framework's part is loaded when one is read:
 * the HTTP server answers the public interface by the same modules, reads none, and must not load that
 * part before the framework has prepared itself.
 */
export async function pageCookies() {
  const { cookies } = await import('next/headers');
  return cookies();
}

export function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() } as const;
}

function isHttps(): boolean {
  return settings().appUrl.protocol === 'https:';
}
