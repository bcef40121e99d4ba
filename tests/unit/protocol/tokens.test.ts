import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  decodeBase64url,
  encodeBase64url,
  randomBytes,
  toMessageId,
  toReplyId,
  toRequestId,
  toServerKey,
  type TokenKey,
} from '@/lib/protocol/bytes';
import { createMessageKey, deriveServerKeys } from '@/lib/protocol/keys';
import {
  openToken,
  sealBrowserLinkToken,
  sealReplyStatusToken,
  sealRequestToken,
  sealServerLinkToken,
  sealStatusToken,
} from '@/lib/protocol/tokens';
import { everyBitFlip } from './altered';
import { refusalOf, refusalsOf } from './refusal';

// Thousands of small operations: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const newKey = async () => (await deriveServerKeys(toServerKey(randomBytes(32)))).tokenKey;
const newId = () => toMessageId(randomBytes(8));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('tokens', () => {
  let tokenKey: TokenKey;

  beforeAll(async () => {
    tokenKey = await newKey();
  });

  const allTokens = () => [
    sealServerLinkToken(tokenKey, newId(), createMessageKey()),
    sealBrowserLinkToken(tokenKey, newId()),
    sealStatusToken(tokenKey, newId()),
    sealRequestToken(tokenKey, toRequestId(randomBytes(8))),
    sealReplyStatusToken(tokenKey, toReplyId(randomBytes(8))),
  ];

  it('give back any id and message key, and their purpose', () => {
    for (let round = 0; round < 200; round += 1) {
      const messageId = newId();
      const messageKey = createMessageKey();
      expect(openToken(tokenKey, sealServerLinkToken(tokenKey, messageId, messageKey))).toEqual({
        purpose: 'serverSeal',
        messageId,
        messageKey,
      });
      expect(openToken(tokenKey, sealBrowserLinkToken(tokenKey, messageId))).toEqual({
        purpose: 'browserSeal',
        messageId,
      });
      expect(openToken(tokenKey, sealStatusToken(tokenKey, messageId))).toEqual({
        purpose: 'status',
        messageId,
      });
      const requestId = toRequestId(randomBytes(8));
      const requestToken = sealRequestToken(tokenKey, requestId);
      expect(openToken(tokenKey, requestToken)).toEqual({ purpose: 'request', requestId });
      const replyId = toReplyId(randomBytes(8));
      const statusToken = sealReplyStatusToken(tokenKey, replyId);
      expect(openToken(tokenKey, statusToken)).toEqual({ purpose: 'replyStatus', replyId });
    }
  });

  it('have the lengths that links promise: 55 characters with a message key, 34 without', () => {
    expect(allTokens().map(({ length }) => length)).toEqual([55, 34, 34, 34, 34]);
  });

  it('are refused with any single bit flipped', async () => {
    for (const token of allTokens()) {
      const flips = everyBitFlip(decodeBase64url(token)).map(encodeBase64url);
      const refusals = await refusalsOf(flips.map((flip) => () => openToken(tokenKey, flip)));
      expect(refusals).toEqual({ bad_token: flips.length });
    }
  });

  it('are refused cut or lengthened, wherever', async () => {
    for (const token of allTokens()) {
      const cuts = Array.from({ length: token.length }, (_, length) => token.slice(0, length));
      for (const altered of [...cuts, `${token}A`, `A${token}`, `${token}=`, `${token}\n`]) {
        expect(await refusalOf(() => openToken(tokenKey, altered))).toMatch(
          /^bad_(length|token|base64url)$/,
        );
      }
    }
  });

  it('are refused under every other server key', async () => {
    const otherKey = await newKey();
    for (const token of allTokens()) {
      expect(await refusalOf(() => openToken(otherKey, token))).toBe('bad_token');
    }
  });

  it('of one id differ by their purpose, so none is taken for another', () => {
    const id = randomBytes(8);
    const tokens = [
      sealBrowserLinkToken(tokenKey, toMessageId(id)),
      sealStatusToken(tokenKey, toMessageId(id)),
      sealRequestToken(tokenKey, toRequestId(id)),
      sealReplyStatusToken(tokenKey, toReplyId(id)),
    ];
    expect(new Set(tokens).size).toBe(4);
    const purposes = tokens.map((token) => openToken(tokenKey, token).purpose);
    expect(purposes).toEqual(['browserSeal', 'status', 'request', 'replyStatus']);
  });

  it('of one message share nothing that shows, so a link does not lead to its status link', () => {
    const messageId = newId();
    const link = sealBrowserLinkToken(tokenKey, messageId);
    const status = sealStatusToken(tokenKey, messageId);
    const common = decodeBase64url(link).filter(
      (byte, index) => byte === decodeBase64url(status)[index],
    );
    expect(common.length).toBeLessThan(6);
  });

  it('show neither id nor message key nor purpose', () => {
    const messageId = newId();
    const messageKey = createMessageKey();
    const bytes = hex(decodeBase64url(sealServerLinkToken(tokenKey, messageId, messageKey)));
    expect(bytes).not.toContain(hex(messageId));
    expect(bytes).not.toContain(hex(messageKey));
    const firstBytes = new Set(
      Array.from({ length: 300 }, () => sealBrowserLinkToken(tokenKey, newId()).slice(0, 1)),
    );
    expect(firstBytes.size).toBeGreaterThan(32);
  });

  it('have one spelling: of all last characters one opens', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const token of allTokens()) {
      const opening = [];
      for (const last of alphabet) {
        const outcome = await refusalOf(() => openToken(tokenKey, token.slice(0, -1) + last));
        if (outcome === 'accepted') opening.push(last);
      }
      expect(opening).toEqual([token.slice(-1)]);
    }
  });
});
