/**
 * Tokens: what stands in a link instead of an id. AES-256-SIV (RFC 5297) under
 * the epoch's token key, without associated data. Rules: nothing in clear, not
 * even a version; the length and the spelling are checked before the key is
 * touched; the purpose inside must fit the length outside.
 */
import { aessiv } from '@noble/ciphers/aes.js';
import { decodeBase64url, encodeBase64url } from './base64url';
import {
  concatBytes,
  toMessageId,
  toMessageKey,
  type MessageId,
  type MessageKey,
  type TokenKey,
} from './bytes';
import {
  MESSAGE_ID_BYTES,
  PURPOSE,
  SIV_BYTES,
  TOKEN_CONTENT_BYTES,
  TOKEN_LENGTHS,
} from './constants';
import { ProtocolError } from './errors';

/** Purpose 3, request, joins these when requests are specified; until then it is refused. */
export type OpenedToken =
  | {
      readonly purpose: 'serverSeal';
      readonly messageId: MessageId;
      readonly messageKey: MessageKey;
    }
  | { readonly purpose: 'browserSeal'; readonly messageId: MessageId }
  | { readonly purpose: 'status'; readonly messageId: MessageId };

/** M2, 55 characters: the link of a server-sealed message. It holds K0. */
export function sealServerLinkToken(
  tokenKey: TokenKey,
  messageId: MessageId,
  messageKey: MessageKey,
): string {
  return seal(
    tokenKey,
    PURPOSE.serverSeal,
    concatBytes(toMessageId(messageId), toMessageKey(messageKey)),
  );
}

/** ID1, 34 characters: the link of a browser-sealed message, which K0 follows after `#`. */
export function sealBrowserLinkToken(tokenKey: TokenKey, messageId: MessageId): string {
  return seal(tokenKey, PURPOSE.browserSeal, toMessageId(messageId));
}

/** 34 characters: the sender's link. ID1 does not lead to it without K1. */
export function sealStatusToken(tokenKey: TokenKey, messageId: MessageId): string {
  return seal(tokenKey, PURPOSE.status, toMessageId(messageId));
}

/**
 * Opens a token of any purpose; the caller must refuse the ones that it did not
 * ask for (specification: Tokens).
 *
 * @throws ProtocolError bad_length, bad_base64url, bad_token, bad_version, bad_purpose
 */
export function openToken(tokenKey: TokenKey, token: string): OpenedToken {
  const content = open(tokenKey, token);
  const purpose = purposeOf(content);
  const afterId = 1 + MESSAGE_ID_BYTES;
  const messageId = toMessageId(content.subarray(1, afterId));
  switch (purpose) {
    case 'serverSeal':
      return { purpose, messageId, messageKey: toMessageKey(content.subarray(afterId)) };
    case 'browserSeal':
    case 'status':
      return { purpose, messageId };
    case 'request':
      throw new ProtocolError('bad_purpose');
  }
}

function seal(tokenKey: TokenKey, purpose: number, content: Uint8Array): string {
  return encodeBase64url(aessiv(tokenKey).encrypt(concatBytes(Uint8Array.of(purpose), content)));
}

function open(tokenKey: TokenKey, token: string): Uint8Array {
  const sealed = decodeBase64url(token, SIV_BYTES + contentLength(token));
  try {
    return aessiv(tokenKey).decrypt(sealed);
  } catch {
    // The one way to fail that is left: key and lengths are right by their types and checks.
    throw new ProtocolError('bad_token');
  }
}

function contentLength(token: string): number {
  if (token.length === TOKEN_LENGTHS.serverSeal) return TOKEN_CONTENT_BYTES.serverSeal;
  if (token.length === TOKEN_LENGTHS.browserSeal) return TOKEN_CONTENT_BYTES.browserSeal;
  throw new ProtocolError('bad_length');
}

function purposeOf(content: Uint8Array): keyof typeof PURPOSE {
  for (const purpose of ['serverSeal', 'browserSeal', 'request', 'status'] as const) {
    if (content[0] !== PURPOSE[purpose]) continue;
    if (content.length !== TOKEN_CONTENT_BYTES[purpose]) throw new ProtocolError('bad_purpose');
    return purpose;
  }
  throw new ProtocolError('bad_version');
}
