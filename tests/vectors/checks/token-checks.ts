import { aessiv } from '@noble/ciphers/aes.js';
import {
  toMessageId,
  toMessageKey,
  toReplyId,
  toRequestId,
  toTokenKey,
} from '@/lib/protocol/bytes';
import {
  openToken,
  sealBrowserLinkToken,
  sealReplyStatusToken,
  sealRequestToken,
  sealServerLinkToken,
  sealStatusToken,
  type OpenedToken,
} from '@/lib/protocol/tokens';
import type { TokenVectors } from '../vector-shapes';
import { expectBytes, expectRefusal, expectSame, fromHex, type VectorCheck } from './vector-check';

type TokenCase = TokenVectors['cases'][number];
type RequestTokenCase = TokenVectors['requestCases'][number];

export function tokenChecks(vectors: TokenVectors): VectorCheck[] {
  return [
    ...vectors.rfc5297.map(({ name, key, associatedData, plaintext, sealed }) => ({
      name: `AES-SIV as in RFC 5297, ${name}`,
      run: () => {
        const siv = () => aessiv(fromHex(key), ...associatedData.map(fromHex));
        expectBytes('sealed', siv().encrypt(fromHex(plaintext)), sealed);
        expectBytes('opened', siv().decrypt(fromHex(sealed)), plaintext);
      },
    })),
    ...vectors.cases.map((vector) => ({
      name: `token: ${vector.purpose} of ${vector.messageId}`,
      run: () => {
        expectSame('token', seal(vector), vector.token);
        const opened = openToken(toTokenKey(fromHex(vector.tokenKey)), vector.token);
        expectSame('purpose', opened.purpose, vector.purpose);
        expectBytes('message id', idOf(opened), vector.messageId);
        if (opened.purpose === 'serverSeal') {
          expectBytes('message key', opened.messageKey, vector.messageKey ?? 'none');
        }
      },
    })),
    ...vectors.requestCases.map((vector) => ({
      name: `token: ${vector.purpose} of ${vector.id}`,
      run: () => {
        expectSame('token', sealForRequest(vector), vector.token);
        const opened = openToken(toTokenKey(fromHex(vector.tokenKey)), vector.token);
        expectSame('purpose', opened.purpose, vector.purpose);
        expectBytes('id', idOf(opened), vector.id);
      },
    })),
    ...vectors.refusals.map(({ name, tokenKey, token, error }) => ({
      name: `token refused: ${name}`,
      run: () => expectRefusal(error, () => openToken(toTokenKey(fromHex(tokenKey)), token)),
    })),
  ];
}

function seal({ purpose, tokenKey, messageId, messageKey }: TokenCase): string {
  const key = toTokenKey(fromHex(tokenKey));
  const id = toMessageId(fromHex(messageId));
  if (purpose === 'serverSeal') {
    return sealServerLinkToken(key, id, toMessageKey(fromHex(messageKey ?? '')));
  }
  return purpose === 'status' ? sealStatusToken(key, id) : sealBrowserLinkToken(key, id);
}

function sealForRequest({ purpose, tokenKey, id }: RequestTokenCase): string {
  const key = toTokenKey(fromHex(tokenKey));
  return purpose === 'request'
    ? sealRequestToken(key, toRequestId(fromHex(id)))
    : sealReplyStatusToken(key, toReplyId(fromHex(id)));
}

function idOf(opened: OpenedToken): Uint8Array {
  if (opened.purpose === 'request') return opened.requestId;
  return opened.purpose === 'replyStatus' ? opened.replyId : opened.messageId;
}
