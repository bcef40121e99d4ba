import { encodeBase64url, type MessageKey } from '@/lib/protocol/bytes';
import { MESSAGE_PATH } from '@/lib/protocol/constants';
import { isCutShort, readLink } from '@/lib/protocol/link';

/** A browser-sealed link as this page holds it. */
export interface BrowserLink {
  /** ID1 */
  readonly linkToken: string;
  /** K0, from behind the `#` */
  readonly messageKey: MessageKey;
}

export type AddressedLink =
  | { readonly kind: 'complete'; readonly link: BrowserLink }
  /** Rewritten on its way: `address` is the path and fragment it should have had. */
  | { readonly kind: 'rewritten'; readonly address: string }
  /** Everything but the key is there. */
  | { readonly kind: 'keyless'; readonly linkToken: string }
  /** Part of it is missing. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'unreadable' };

/**
 * Reads the browser-sealed link by which this page was opened.
 *
 * A link with its key in the path, where a mail gateway put it, is not used as
 * it stands: the framework names the page's path to the server with every
 * action. Such a page is to be left for the proper address before anything is asked.
 */
export function readAddress({ pathname, search, hash }: Location | URL): AddressedLink {
  const link = readLink(pathname + search, hash);
  if (link?.seal !== 'browser') {
    return { kind: isCutShort(pathname + search, hash) ? 'incomplete' : 'unreadable' };
  }
  const { linkToken, messageKey } = link;
  if (messageKey === null) return { kind: 'keyless', linkToken };
  return pathname === MESSAGE_PATH + linkToken && search === ''
    ? { kind: 'complete', link: { linkToken, messageKey } }
    : {
        kind: 'rewritten',
        address: `${MESSAGE_PATH}${linkToken}#${encodeBase64url(messageKey)}`,
      };
}

/**
 * Calls `onLink` when another link is put into the address bar of this very
 * page, which changes only what is behind the `#`. Following a link within the
 * page, such as the one that skips to the content, must not cost the key: then
 * the address is put back.
 *
 * @returns how to stop watching
 */
export function watchAddress(onLink: () => void): () => void {
  const onChange = ({ oldURL }: HashChangeEvent) => {
    if (readAddress(location).kind === 'complete') onLink();
    else if (readAddress(new URL(oldURL)).kind === 'complete') {
      history.replaceState(null, '', oldURL);
    }
  };
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

/** Takes the key of a link out of the address: from now on it opens nothing. */
export function dropKey(): void {
  // Through the framework's own wrapper, or it would write the old address back.
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
}
