/**
 * The addresses of links, as mail gateways rewrite them. One parser, the protocol's, reads them for
 * the server as it does in the browser; the framework, which would decode and split them by rules
 * of its own, is only ever asked for the proper address of a page.
 */
import { MESSAGE_PATH, REQUEST_PATH } from '@/lib/protocol/constants';
import { isCutShort, readLink, readRequestLink, readTokenLink } from '@/lib/protocol/link';
import { pathOf } from './request-gate';

/** Where the links begin that end with a token and hold nothing else. */
const TOKEN_PATHS = ['/s/', '/invitation/', '/recover/', '/email/'];
/** Stands for whatever is no token: the pages say that there is nothing. */
const NO_TOKEN = '~';
/** Stands for part of a token, and is none either: the pages say that something is missing. */
const PART_OF_TOKEN = '-';

/**
 * What the application is asked for instead of `url`: without tail and key where it is a link, at
 * an address under which there never is anything where it should be one and is not.
 *
 * @param url path and query as they were sent
 * @returns null for what no page can be at, since it can't be decoded
 */
export function properUrl(url: string): string | null {
  if (url.startsWith(MESSAGE_PATH)) {
    return MESSAGE_PATH + (readLink(url, '')?.linkToken ?? standIn(url));
  }
  if (url.startsWith(REQUEST_PATH)) {
    return REQUEST_PATH + (readRequestLink(url, '')?.token ?? standIn(url));
  }
  const start = TOKEN_PATHS.find((path) => url.startsWith(path));
  if (start !== undefined && pathOf(url) !== start) {
    const proper = start + (readTokenLink(url, start) ?? NO_TOKEN);
    // Left with its query where it is proper: the framework asks by it for parts of the page.
    return proper === pathOf(url) ? url : proper;
  }
  return isDecodable(pathOf(url)) ? url : null;
}

function standIn(url: string): string {
  return isCutShort(url, null) ? PART_OF_TOKEN : NO_TOKEN;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** True for the proper address of a server-sealed message. */
export function isServerSealed(url: string): boolean {
  return readLink(url, '')?.seal === 'server';
}
