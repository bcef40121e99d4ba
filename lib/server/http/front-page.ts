/**
 * `/` is printed twice when the app is built: for anyone, and for members only,
 * where it says so before anything is typed, script or no script. Only this
 * server names the second one; to everybody there is one address.
 */
import type { WhoMaySend } from '@/lib/accounts/sending-policy';
import type { IncomingMessage } from 'node:http';
import { MEMBERS_ONLY_PAGE, pathOf } from './request-gate';

/** By these the framework is asked for a part of a page; it would answer with the address of the printed one. */
const PARTS = [
  'rsc',
  'next-router-state-tree',
  'next-router-prefetch',
  'next-router-segment-prefetch',
];

/** Leads a request for `/` to the page that was printed for what is decided. */
export function choosePrinted(request: IncomingMessage, whoMaySend: WhoMaySend): void {
  const { method = '', url = '' } = request;
  const printed = printedUrl(method, url, whoMaySend);
  if (printed === url) return;
  request.url = printed;
  askForWholePage(request);
}

/** For an address that was rewritten here: a part of its page would be redirected to it without an end. */
export function askForWholePage(request: IncomingMessage): void {
  for (const name of PARTS) {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a plain header map
    delete request.headers[name];
  }
}

/** What the application is asked for instead of `url`. A form that is posted to `/` stays there. */
export function printedUrl(method: string, url: string, whoMaySend: WhoMaySend): string {
  const isFrontPage = method !== 'POST' && pathOf(url) === '/';
  return isFrontPage && whoMaySend === 'members' ? MEMBERS_ONLY_PAGE + url.slice(1) : url;
}
