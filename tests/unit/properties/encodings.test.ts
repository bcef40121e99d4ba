import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeBase64url,
  decodeStrictUtf8,
  encodeBase64url,
  toMessageId,
  toMessageKey,
  toReplyId,
  toRequestId,
  toTokenKey,
} from '@/lib/protocol/bytes';
import {
  decodeEnvelope,
  encodeEnvelope,
  isPaddedLength,
  pad,
  paddedLength,
  SECRET_FIELD_KINDS,
  unpad,
} from '@/lib/protocol/envelope';
import { MAX_ENVELOPE_BYTES } from '@/lib/protocol/constants';
import { normalizePassphrase } from '@/lib/protocol/passphrase';
import {
  openToken,
  sealBrowserLinkToken,
  sealReplyStatusToken,
  sealRequestToken,
  sealServerLinkToken,
  sealStatusToken,
} from '@/lib/protocol/tokens';
import {
  anyText,
  bytes,
  bytesOf,
  nearlyBase64url,
  unlessRefused,
  wellFormedText,
} from './arbitraries';

const tokenKey = bytesOf(64).map(toTokenKey);

describe('base64url, whatever comes', () => {
  it('gives back every byte string', () => {
    fc.assert(
      fc.property(bytes({ maxLength: 200 }), (drawn) => {
        expect(decodeBase64url(encodeBase64url(drawn))).toEqual(drawn);
        expect(decodeBase64url(encodeBase64url(drawn), drawn.length)).toEqual(drawn);
      }),
    );
  });

  it('takes one spelling of each, and refuses the rest', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, nearlyBase64url(22, 34, 43, 55)), (text) => {
        const decoded = unlessRefused(() => decodeBase64url(text));
        if (decoded !== null) expect(encodeBase64url(decoded)).toBe(text);
      }),
    );
  });
});

describe('padding, whatever comes', () => {
  it('gives back every content, at the length that it says', () => {
    fc.assert(
      fc.property(bytes({ maxLength: 3_000 }), (content) => {
        const padded = pad(content);
        expect(unpad(padded)).toEqual(content);
        expect(padded).toHaveLength(paddedLength(content.length));
        expect(isPaddedLength(padded.length)).toBe(true);
      }),
    );
  });

  it('costs at most 12 % beyond the floor, for every length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_ENVELOPE_BYTES }), (length) => {
        const total = paddedLength(length);
        expect(total).toBeGreaterThanOrEqual(length + 4);
        expect(total).toBeLessThanOrEqual(Math.max(256, (length + 4) * 1.12));
      }),
    );
  });

  it('takes one padded form of each content, and refuses the rest', () => {
    const anyPadded = fc.oneof(
      bytes({ maxLength: 600 }),
      // A well padded one with one byte changed.
      fc
        .tuple(bytes({ maxLength: 300 }).map(pad), fc.nat(), fc.integer({ min: 1, max: 255 }))
        .map(([padded, position, change]) => {
          const index = position % padded.length;
          padded[index] = (padded[index] ?? 0) ^ change;
          return padded;
        }),
    );
    fc.assert(
      fc.property(anyPadded, (padded) => {
        const content = unlessRefused(() => unpad(padded));
        if (content !== null) expect(pad(content)).toEqual(padded);
      }),
    );
  });
});

describe('envelopes, whatever comes', () => {
  const field = fc.record({
    kind: fc.constantFrom(...SECRET_FIELD_KINDS),
    label: wellFormedText(30),
    value: wellFormedText(30),
  });
  const envelope = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), text: wellFormedText(300) }),
    fc.record({
      kind: fc.constant('fields' as const),
      fields: fc.array(field, { maxLength: 45 }),
    }),
  );

  it('give back to the letter what they took', () => {
    fc.assert(
      fc.property(envelope, (secret) => {
        const encoded = unlessRefused(() => encodeEnvelope(secret));
        if (encoded !== null) expect(decodeEnvelope(encoded)).toEqual(secret);
      }),
    );
  });

  it('have one spelling of each secret, and refuse the rest', () => {
    const header = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 4 }));
    const anyEnvelope = fc.oneof(
      bytes({ maxLength: 100 }),
      fc
        .tuple(header, bytes({ maxLength: 100 }))
        .map(([head, content]) => Uint8Array.of(...head, ...content)),
      fc
        .tuple(fc.array(field, { minLength: 1, maxLength: 4 }), fc.nat(), fc.nat({ max: 255 }))
        .map(([fields, position, byte]) => {
          const encoded = unlessRefused(() => encodeEnvelope({ kind: 'fields', fields }));
          if (encoded === null) return new Uint8Array();
          // One byte more, or another one in its place.
          if (position % 2 === 0) return Uint8Array.of(...encoded, byte);
          encoded[position % encoded.length] = byte;
          return encoded;
        }),
    );
    fc.assert(
      fc.property(anyEnvelope, (encoded) => {
        const secret = unlessRefused(() => decodeEnvelope(encoded));
        if (secret !== null) expect(encodeEnvelope(secret)).toEqual(new Uint8Array(encoded));
      }),
    );
  });

  it('read UTF-8 as it is written, and nothing that only looks like it', () => {
    fc.assert(
      fc.property(fc.boolean(), bytes({ maxLength: 30 }), (hasMark, content) => {
        const drawn = hasMark ? Uint8Array.of(0xef, 0xbb, 0xbf, ...content) : content;
        const text = unlessRefused(() => decodeStrictUtf8(drawn));
        if (text !== null) expect(new TextEncoder().encode(text)).toEqual(drawn);
      }),
    );
  });
});

describe('passphrases, whatever is typed', () => {
  it('are refused or one normal form, however often they are normalised', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = unlessRefused(() => normalizePassphrase(text, 'verbatim'));
        if (once === null) return;
        expect(
          normalizePassphrase(
            new TextDecoder('utf-8', { ignoreBOM: true }).decode(once),
            'verbatim',
          ),
        ).toEqual(once);
      }),
    );
  });
});

describe('tokens, whatever comes', () => {
  it('give back what is in them under their own key, and nothing under another', () => {
    fc.assert(
      fc.property(tokenKey, tokenKey, bytesOf(8), bytesOf(16), (key, other, id, messageKey) => {
        fc.pre(!isDeepStrictEqual(key, other));
        const tokens = [
          sealServerLinkToken(key, toMessageId(id), toMessageKey(messageKey)),
          sealBrowserLinkToken(key, toMessageId(id)),
          sealStatusToken(key, toMessageId(id)),
          sealRequestToken(key, toRequestId(id)),
          sealReplyStatusToken(key, toReplyId(id)),
        ];
        expect(tokens.map((token) => openToken(key, token))).toEqual([
          { purpose: 'serverSeal', messageId: id, messageKey },
          { purpose: 'browserSeal', messageId: id },
          { purpose: 'status', messageId: id },
          { purpose: 'request', requestId: id },
          { purpose: 'replyStatus', replyId: id },
        ]);
        expect(new Set(tokens).size).toBe(tokens.length);
        for (const token of tokens) expect(unlessRefused(() => openToken(other, token))).toBeNull();
      }),
    );
  });

  it('that nobody made are refused', () => {
    fc.assert(
      fc.property(tokenKey, fc.oneof(anyText, nearlyBase64url(34, 55)), (key, token) => {
        expect(unlessRefused(() => openToken(key, token))).toBeNull();
      }),
    );
  });

  it('with one character changed are refused', () => {
    fc.assert(
      fc.property(
        tokenKey,
        bytesOf(8),
        fc.nat(),
        nearlyBase64url(1),
        (key, id, position, other) => {
          const token = sealBrowserLinkToken(key, toMessageId(id));
          const index = position % token.length;
          const altered = token.slice(0, index) + other.charAt(0) + token.slice(index + 1);
          if (altered !== token) expect(unlessRefused(() => openToken(key, altered))).toBeNull();
        },
      ),
    );
  });
});
