/**
 * Tokens: what stands in a link instead of an id. AES-256-SIV (RFC 5297) under
 * the epoch's token key, without associated data. Rules: nothing in clear, not
 * even a version; the length and the spelling are checked before the key is
 * touched; the purpose inside must fit the length outside.
 */
import { aessiv } from '@noble/ciphers/aes.js';
import {
  concatBytes,
  decodeBase64url,
  encodeBase64url,
  toMessageId,
  toMessageKey,
  toReplyId,
  toRequestId,
  type MessageId,
  type MessageKey,
  type ReplyId,
  type RequestId,
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

const PURPOSES = ['serverSeal', 'browserSeal', 'request', 'status', 'replyStatus'] as const;
const PURPOSE_BYTES = 1;
/** Every kind of id has the same length; the purpose in front tells them apart. */
const ID_BYTES = MESSAGE_ID_BYTES;

export type OpenedToken =
  | {
      readonly purpose: 'serverSeal';
      readonly messageId: MessageId;
      readonly messageKey: MessageKey;
    }
  | { readonly purpose: 'browserSeal'; readonly messageId: MessageId }
  | { readonly purpose: 'status'; readonly messageId: MessageId }
  | { readonly purpose: 'request'; readonly requestId: RequestId }
  | { readonly purpose: 'replyStatus'; readonly replyId: ReplyId };

/** M2, 55 characters: the link of a server-sealed message. It holds K0. */
export function sealServerLinkToken(
  tokenKey: TokenKey,
  messageId: MessageId,
  messageKey: MessageKey,
): string {
  return seal(tokenKey, PURPOSE.serverSeal, concatBytes(messageId, messageKey));
}

/** ID1, 34 characters: the link of a browser-sealed message, which K0 follows after `#`. */
export function sealBrowserLinkToken(tokenKey: TokenKey, messageId: MessageId): string {
  return seal(tokenKey, PURPOSE.browserSeal, messageId);
}

/** 34 characters: the sender's link. ID1 does not lead to it without K1. */
export function sealStatusToken(tokenKey: TokenKey, messageId: MessageId): string {
  return seal(tokenKey, PURPOSE.status, messageId);
}

/** 34 characters: the link of a request, which its fingerprint follows after `#`. */
export function sealRequestToken(tokenKey: TokenKey, requestId: RequestId): string {
  return seal(tokenKey, PURPOSE.request, requestId);
}

/** 34 characters: the client's own link to what became of a reply. It opens nothing. */
export function sealReplyStatusToken(tokenKey: TokenKey, replyId: ReplyId): string {
  return seal(tokenKey, PURPOSE.replyStatus, replyId);
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
  const id = content.subarray(PURPOSE_BYTES, PURPOSE_BYTES + ID_BYTES);
  switch (purpose) {
    case 'serverSeal': {
      const messageKey = toMessageKey(content.subarray(PURPOSE_BYTES + ID_BYTES));
      return { purpose, messageId: toMessageId(id), messageKey };
    }
    case 'browserSeal':
    case 'status':
      return { purpose, messageId: toMessageId(id) };
    case 'request':
      return { purpose, requestId: toRequestId(id) };
    case 'replyStatus':
      return { purpose, replyId: toReplyId(id) };
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
  for (const purpose of PURPOSES) {
    if (content[0] !== PURPOSE[purpose]) continue;
    if (content.length !== TOKEN_CONTENT_BYTES[purpose]) throw new ProtocolError('bad_purpose');
    return purpose;
  }
  throw new ProtocolError('bad_version');
}
