import 'server-only';
import { settings } from '../settings';

/** The prefix makes a browser refuse the cookie from anything but https, where there is https. */
export function sessionCookieName(): string {
  return isHttps() ? '__Host-sealpost-session' : 'sealpost-session';
}

export function sessionCookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() } as const;
}

function isHttps(): boolean {
  return settings().appUrl.protocol === 'https:';
}
