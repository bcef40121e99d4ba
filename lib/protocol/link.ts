/**
 * Reading a link as it arrives. Mail gateways rewrite what they forward: `#`
 * becomes `%23`, and `?utm_…` or `&fbclid=…` is appended; a person who copies a link
 * takes the full stop or bracket behind it along. That much is undone (specification:
 * Links); everything else is refused rather than guessed at.
 */
import { decodeBase64url, encodeBase64url, toMessageKey, type MessageKey } from './bytes';
import {
  FINGERPRINT_BYTES,
  MESSAGE_KEY_BYTES,
  MESSAGE_PATH,
  REQUEST_PATH,
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
/** The last one: what ends a sentence, a bracket or a quotation, as it is or as a `%` code. */
const CLOSING_MARK =
  /(?:%(?:0[9a-d]|2[01279ace]|3[abe]|5[cd]|60|7[cde]|[89a-f][\da-f])|[!"')*,.:;>\\\]`|}~\s]|[^\0-\x7f])$/i;
const LONGEST_MARK = 3;

/** The link of a request. */
export interface RequestLink {
  /** 34 characters */
  readonly token: string;
  /** 22 characters; null where the link came without its fragment. */
  readonly fingerprint: string | null;
}

/**
 * Touches no key and asks nobody: whether the link is any good is the server's
 * to say. Null for what can't be a link to a message.
 *
 * @param pathname as in `location.pathname`; `location.search` may follow it, and
 *   then a `%23` that a gateway moved there is found as well
 * @param hash as in `location.hash`: '' or beginning with `#`
 */
export function readLink(pathname: string, hash: string): MessageLink | null {
  const parts = takeApart(pathname, MESSAGE_PATH);
  if (parts === null) return null;
  const linkToken = parts.token;
  if (linkToken.length === TOKEN_LENGTHS.serverSeal) {
    // A server-sealed link has no fragment. One in the address bar is never sent
    // and changes nothing; one inside the path means that the link was altered.
    const isUsable = parts.inPath === '' && isToken(linkToken, TOKEN_CONTENT_BYTES.serverSeal);
    return isUsable ? { seal: 'server', linkToken } : null;
  }
  if (!isToken(linkToken, TOKEN_CONTENT_BYTES.browserSeal)) return null;
  const fragment = fragmentOf(parts, hash, MESSAGE_KEY_BYTES);
  return fragment === null ? null : withMessageKey(linkToken, fragment);
}

/**
 * The same for a link to a request. The fingerprint is compared later, with the
 * public key that the server serves.
 */
export function readRequestLink(pathname: string, hash: string): RequestLink | null {
  const parts = takeApart(pathname, REQUEST_PATH);
  if (parts === null || !isToken(parts.token, TOKEN_CONTENT_BYTES.request)) return null;
  const fragment = fragmentOf(parts, hash, FINGERPRINT_BYTES);
  if (fragment === null) return null;
  if (fragment === '') return { token: parts.token, fingerprint: null };
  const isFingerprint = decoded(fragment, FINGERPRINT_BYTES) !== null;
  return isFingerprint ? { token: parts.token, fingerprint: fragment } : null;
}

/**
 * What stands where the token of any other link should be, read past what was taken along: status
 * links, invitations, links to a new password or to another address. Whether it is a token its page
 * finds out.
 *
 * @param start the path up to the token, with the slash at its end
 * @returns null for what can't be such a link
 */
export function readTokenLink(pathname: string, start: string): string | null {
  const parts = takeApart(pathname, start);
  return parts?.inPath === '' && /^[\w-]+$/.test(parts.token) ? parts.token : null;
}

/**
 * Whether part of a link is missing for certain, as its address alone says: a mail program broke it
 * at the end of a line. Made for what `readLink` or `readRequestLink` gives null for, or no
 * fragment.
 *
 * @param hash as in `location.hash`; null where that can't be known, as on a server
 */
export function isCutShort(pathname: string, hash: string | null): boolean {
  const message = takeApart(pathname, MESSAGE_PATH);
  const parts = message ?? takeApart(pathname, REQUEST_PATH);
  if (parts === null) return false;
  const length = TOKEN_LENGTHS[message === null ? 'request' : 'browserSeal'];
  const fragmentBytes = message === null ? FINGERPRINT_BYTES : MESSAGE_KEY_BYTES;
  if (isPartOf(parts.token, length)) return true;
  // What stands behind a `#` in two places is too much.
  const fragment = fragmentOf(parts, hash ?? '', fragmentBytes);
  if (fragment === null) return false;
  if (parts.token.length === length) {
    if (fragment === '') return hash !== null;
    return isPartOf(fragment, Math.ceil((fragmentBytes * 8) / 6));
  }
  // Part of a server-sealed link, or a browser-sealed one without its key: either lacks something.
  const isPart = message !== null && isPartOf(parts.token, TOKEN_LENGTHS.serverSeal);
  return isPart && hash !== null && fragment === '';
}

/** Whether a piece of a link, made of the right characters, has fewer than it must have. */
export function isPartOf(piece: string, length: number): boolean {
  return piece.length < length && /^[\w-]*$/.test(piece);
}

/**
 * A browser-sealed link, complete: what the server answered, `#`, and K0.
 *
 * @param base the link without its fragment
 * @throws ProtocolError bad_link
 */
export function formatBrowserLink(base: string, messageKey: MessageKey): string {
  if (base.includes('#')) throw new ProtocolError('bad_link');
  return `${base}#${encodeBase64url(messageKey)}`;
}

/**
 * A link to a request, complete: what the server answered, `#`, and the fingerprint.
 *
 * @param base the link without its fragment
 * @param fingerprint 22 characters
 * @throws ProtocolError bad_link, bad_length, bad_base64url
 */
export function formatRequestLink(base: string, fingerprint: string): string {
  if (base.includes('#')) throw new ProtocolError('bad_link');
  return `${base}#${encodeBase64url(decodeBase64url(fingerprint, FINGERPRINT_BYTES))}`;
}

interface LinkParts {
  readonly token: string;
  /** What stood behind a `#` or `%23` inside the path. */
  readonly inPath: string;
  /** What was appended to the path. */
  readonly tail: string;
}

function takeApart(pathname: string, start: string): LinkParts | null {
  if (!pathname.startsWith(start)) return null;
  const [path, tail] = cut(pathname.slice(start.length), TAIL_START);
  const [token, inPath] = cut(path, FRAGMENT_START);
  return {
    token: withoutSlash(withoutMarks(token)),
    inPath: withoutSlash(withoutMarks(inPath)),
    tail,
  };
}

/** The fragment, wherever it arrived; '' if nowhere, null if in two places. */
function fragmentOf({ inPath, tail }: LinkParts, hash: string, length: number): string | null {
  if (hash !== '' && !hash.startsWith('#')) return null;
  const inHash = withoutMarks(cut(hash.slice(1), TAIL_START)[0]);
  if (inPath !== '' && inHash !== '') return null;
  return inPath || inHash || fragmentInTail(tail, length);
}

function withMessageKey(linkToken: string, fragment: string): MessageLink | null {
  if (fragment === '') return { seal: 'browser', linkToken, messageKey: null };
  const messageKey = decoded(fragment, MESSAGE_KEY_BYTES);
  return messageKey === null
    ? null
    : { seal: 'browser', linkToken, messageKey: toMessageKey(messageKey) };
}

/**
 * A gateway that appends a tail before it encodes the `#` moves the fragment into
 * the tail. Other things there may begin with `#` as well, so only one of the
 * right length and spelling counts.
 */
function fragmentInTail(tail: string, length: number): string {
  const candidates = tail.split(FRAGMENT_START).slice(1);
  const fragments = candidates.map((candidate) => withoutMarks(cut(candidate, TAIL_START)[0]));
  return fragments.find((fragment) => decoded(fragment, length) !== null) ?? '';
}

/** What stands before the first match and what stands after it. */
function cut(text: string, separator: RegExp): readonly [before: string, after: string] {
  const match = separator.exec(text);
  return match === null
    ? [text, '']
    : [text.slice(0, match.index), text.slice(match.index + match[0].length)];
}

/** Step by step from the end: a search for all of them at once would begin at each of many. */
function withoutMarks(text: string): string {
  let end = text.length;
  for (;;) {
    const mark = CLOSING_MARK.exec(text.slice(Math.max(0, end - LONGEST_MARK), end));
    if (mark === null) return text.slice(0, end);
    end -= mark[0].length;
  }
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
