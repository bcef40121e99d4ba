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

/** Of whoever is about to sign in or out, for as long as the browser is open. */
export function csrfCookieName(): string {
  return cookieName('csrf');
}

/** Of a browser that signed in before (see `known-browser.ts`). */
export function browserCookieName(): string {
  return cookieName('browser');
}

export function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() } as const;
}

function isHttps(): boolean {
  return settings().appUrl.protocol === 'https:';
}
