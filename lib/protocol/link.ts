/**
 * Reading a link as it arrives. Mail gateways rewrite what they forward: `#`
 * becomes `%23`, and `?utm_…` or `&fbclid=…` is appended. That much is undone
 * (specification: Links); everything else is refused rather than guessed at.
 */
import { decodeBase64url, encodeBase64url } from './base64url';
import { toMessageKey, type MessageKey } from './bytes';
import {
  MESSAGE_KEY_BYTES,
  MESSAGE_PATH,
  SIV_BYTES,
  TOKEN_CONTENT_BYTES,
  TOKEN_LENGTHS,
} from './constants';
import { ProtocolError } from './errors';

export type MessageLink =
  | { readonly seal: 'server'; readonly linkToken: string }
  | {
      readonly seal: 'browser';
      readonly linkToken: string;
      /** K0; null where the link came without its fragment. */
      readonly messageKey: MessageKey | null;
    };

const FRAGMENT_START = /#|%23/i;
const TAIL_START = /[?&]|%3F|%26/i;

/**
 * Touches no key and asks nobody: whether the link is any good is the server's
 * to say. Null for what can't be a link to a message.
 *
 * @param pathname as in `location.pathname`; `location.search` may follow it, and
 *   then a `%23` that a gateway moved there is found as well
 * @param hash as in `location.hash`: '' or beginning with `#`
 */
export function readLink(pathname: string, hash: string): MessageLink | null {
  if (!pathname.startsWith(MESSAGE_PATH)) return null;
  const [path, tail] = cut(pathname.slice(MESSAGE_PATH.length), TAIL_START);
  const [beforeFragment, fragment] = cut(path, FRAGMENT_START);
  const linkToken = withoutSlash(beforeFragment);
  const inPath = withoutSlash(fragment);

  if (linkToken.length === TOKEN_LENGTHS.serverSeal) {
    // A server-sealed link has no fragment. One in the address bar is never sent
    // and changes nothing; one inside the path means that the link was altered.
    const isUsable = inPath === '' && isToken(linkToken, TOKEN_CONTENT_BYTES.serverSeal);
    return isUsable ? { seal: 'server', linkToken } : null;
  }
  if (!isToken(linkToken, TOKEN_CONTENT_BYTES.browserSeal)) return null;
  if (hash !== '' && !hash.startsWith('#')) return null;
  const inHash = cut(hash.slice(1), TAIL_START)[0];
  if (inPath !== '' && inHash !== '') return null;
  return withMessageKey(linkToken, inPath || inHash || keyInTail(tail));
}

/**
 * A browser-sealed link, complete: what the server answered, `#`, and K0.
 *
 * @param base the link without its fragment
 * @throws ProtocolError bad_link, bad_length
 */
export function formatBrowserLink(base: string, messageKey: MessageKey): string {
  if (base.includes('#')) throw new ProtocolError('bad_link');
  return `${base}#${encodeBase64url(toMessageKey(messageKey))}`;
}

function withMessageKey(linkToken: string, fragment: string): MessageLink | null {
  if (fragment === '') return { seal: 'browser', linkToken, messageKey: null };
  const messageKey = decoded(fragment, MESSAGE_KEY_BYTES);
  return messageKey === null
    ? null
    : { seal: 'browser', linkToken, messageKey: toMessageKey(messageKey) };
}

/**
 * A gateway that appends a tail before it encodes the `#` moves the key into the
 * tail. Other things there may begin with `#` as well, so only a key counts.
 */
function keyInTail(tail: string): string {
  const candidates = tail.split(FRAGMENT_START).slice(1);
  const keys = candidates.map((candidate) => cut(candidate, TAIL_START)[0]);
  return keys.find((key) => decoded(key, MESSAGE_KEY_BYTES) !== null) ?? '';
}

/** What stands before the first match and what stands after it. */
function cut(text: string, separator: RegExp): readonly [before: string, after: string] {
  const match = separator.exec(text);
  return match === null
    ? [text, '']
    : [text.slice(0, match.index), text.slice(match.index + match[0].length)];
}

function withoutSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text;
}

function isToken(linkToken: string, contentBytes: number): boolean {
  return decoded(linkToken, SIV_BYTES + contentBytes) !== null;
}

function decoded(text: string, length: number): Uint8Array | null {
  try {
    return decodeBase64url(text, length);
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
