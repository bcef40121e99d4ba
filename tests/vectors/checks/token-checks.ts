import { aessiv } from '@noble/ciphers/aes.js';
import { toMessageId, toMessageKey, toTokenKey } from '@/lib/protocol/bytes';
import {
  openToken,
  sealBrowserLinkToken,
  sealServerLinkToken,
  sealStatusToken,
} from '@/lib/protocol/tokens';
import type { TokenVectors } from '../vector-shapes';
import { expectBytes, expectRefusal, expectSame, fromHex, type VectorCheck } from './vector-check';

type TokenCase = TokenVectors['cases'][number];

export function tokenChecks({ rfc5297, cases, refusals }: TokenVectors): VectorCheck[] {
  return [
    ...rfc5297.map(({ name, key, associatedData, plaintext, sealed }) => ({
      name: `AES-SIV as in RFC 5297, ${name}`,
      run: () => {
        const siv = () => aessiv(fromHex(key), ...associatedData.map(fromHex));
        expectBytes('sealed', siv().encrypt(fromHex(plaintext)), sealed);
        expectBytes('opened', siv().decrypt(fromHex(sealed)), plaintext);
      },
    })),
    ...cases.map((vector) => ({
      name: `token: ${vector.purpose} of ${vector.messageId}`,
      run: () => {
        expectSame('token', seal(vector), vector.token);
        const opened = openToken(toTokenKey(fromHex(vector.tokenKey)), vector.token);
        expectSame('purpose', opened.purpose, vector.purpose);
        expectBytes('message id', opened.messageId, vector.messageId);
        if (opened.purpose === 'serverSeal') {
          expectBytes('message key', opened.messageKey, vector.messageKey ?? 'none');
        }
      },
    })),
    ...refusals.map(({ name, tokenKey, token, error }) => ({
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
