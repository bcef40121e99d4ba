/**
 * `/` is printed twice when the app is built: for anyone, and for members only,
 * where it says so before anything is typed, script or no script. Only this
 * server names the second one; to everybody there is one address.
 */
import type { WhoMaySend } from '@/lib/accounts/sending-policy';
import { MEMBERS_ONLY_PAGE, pathOf } from './request-gate';

/** What the application is asked for instead of `url`. A form that is posted to `/` stays there. */
export function printedUrl(method: string, url: string, whoMaySend: WhoMaySend): string {
  const isFrontPage = method !== 'POST' && pathOf(url) === '/';
  return isFrontPage && whoMaySend === 'members' ? MEMBERS_ONLY_PAGE + url.slice(1) : url;
}
