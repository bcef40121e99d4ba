import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrapAtRest, wrapAtRest, type MessageBinding } from '@/lib/protocol/at-rest';
import {
  toAtRestKey,
  toLinkVerifier,
  toKnockVerifier,
  toMessageId,
  toMessageKey,
  toRecoverySecret,
} from '@/lib/protocol/bytes';
import { openMessage, sealMessage } from '@/lib/protocol/ciphertext';
import { decodeEnvelope, encodeTextEnvelope } from '@/lib/protocol/envelope';
import { deriveMessageKeys } from '@/lib/protocol/keys';
import { formatRecoveryCode, readRecoveryCode } from '@/lib/protocol/codes';
import { anyText, bytes, bytesOf, oneOf, unlessRefusedLater, wellFormedText } from './arbitraries';

/** Each costs some derivations of keys. */
const RUNS = { numRuns: 60 };

const messageKey = bytesOf(16).map(toMessageKey);
const altered = fc.record({ position: fc.nat(), change: fc.integer({ min: 1, max: 255 }) });

function alter(whole: Uint8Array, { position, change }: { position: number; change: number }) {
  const copy = new Uint8Array(whole);
  const index = position % copy.length;
  copy[index] = (copy[index] ?? 0) ^ change;
  return copy;
}

describe('ciphertexts, whatever comes', () => {
  it('give back the secret under their key and seal; altered, or under another, nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        messageKey,
        messageKey,
        wellFormedText(200).filter((text) => text !== ''),
        fc.constantFrom('server', 'browser'),
        altered,
        async (key, other, text, seal, change) => {
          fc.pre(!isDeepStrictEqual(key, other));
          const keys = await deriveMessageKeys(key, null);
          const envelope = encodeTextEnvelope(text);
          const ciphertext = await sealMessage({ seal, envelope, keys, lock: null });
          const opened = await openMessage({ seal, ciphertext, keys, lock: null });
          expect(decodeEnvelope(opened)).toEqual({ kind: 'text', text });

          const open = (how: Partial<Parameters<typeof openMessage>[0]>) =>
            unlessRefusedLater(() => openMessage({ seal, ciphertext, keys, lock: null, ...how }));
          expect(await open({ ciphertext: alter(ciphertext, change) })).toBeNull();
          expect(await open({ keys: await deriveMessageKeys(other, null) })).toBeNull();
          expect(await open({ seal: seal === 'server' ? 'browser' : 'server' })).toBeNull();
        },
      ),
      RUNS,
    );
  });

  it('that nobody made are refused', async () => {
    const keys = await deriveMessageKeys(toMessageKey(new Uint8Array(16)), null);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(bytes({ maxLength: 400 }), bytesOf(300)),
        fc.constantFrom('server', 'browser'),
        async (ciphertext, seal) => {
          const open = () => openMessage({ seal, ciphertext, keys, lock: null });
          expect(await unlessRefusedLater(open)).toBeNull();
        },
      ),
    );
  });
});

describe('what is wrapped at rest', () => {
  const binding: fc.Arbitrary<MessageBinding> = fc
    .record({
      messageId: bytesOf(8).map(toMessageId),
      seal: fc.constantFrom('server', 'browser'),
      expiresAtMs: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      openVerifier: bytesOf(32).map(toLinkVerifier),
      knockVerifier: bytesOf(32).map(toKnockVerifier),
    })
    .map((row) => ({ ...row, lock: null }));

  it('unwraps in its own row, and in none that differs in one thing', async () => {
    await fc.assert(
      fc.asyncProperty(
        bytesOf(32).map(toAtRestKey),
        bytesOf(300),
        binding,
        binding,
        fc.constantFrom('messageId', 'expiresAtMs', 'openVerifier', 'knockVerifier'),
        altered,
        async (key, ciphertext, row, other, part, change) => {
          fc.pre(!isDeepStrictEqual(row[part], other[part]));
          const otherRow = { ...row, [part]: other[part] };
          const wrapped = await wrapAtRest('message', key, ciphertext, row);
          expect(await unwrapAtRest('message', key, wrapped, row)).toEqual(ciphertext);
          expect(
            await unlessRefusedLater(() => unwrapAtRest('message', key, wrapped, otherRow)),
          ).toBeNull();
          const changed = alter(wrapped, change);
          expect(
            await unlessRefusedLater(() => unwrapAtRest('message', key, changed, row)),
          ).toBeNull();
        },
      ),
      RUNS,
    );
  });
});

describe('recovery codes, whatever is typed', () => {
  const secret = bytesOf(16).map(toRecoverySecret);

  it('are read in any case, with any separators and the usual confusions', async () => {
    const separator = fc.constantFrom('', ' ', '-', '\u2013', '\u00a0', '\n', ' - ');
    await fc.assert(
      fc.asyncProperty(secret, separator, fc.boolean(), async (drawn, between, isLower) => {
        const code = (await formatRecoveryCode(drawn)).replaceAll('-', between);
        const typed = isLower ? code.toLowerCase() : code;
        const confused = typed.replaceAll('0', 'o').replaceAll('1', 'l');
        expect(await readRecoveryCode(typed)).toEqual(drawn);
        expect(await readRecoveryCode(confused)).toEqual(drawn);
      }),
    );
  });

  it('with a slip in them are refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        secret,
        fc.nat(),
        oneOf('0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
        async (drawn, position, other) => {
          const code = (await formatRecoveryCode(drawn)).replaceAll('-', '');
          const index = position % code.length;
          const slipped = code.slice(0, index) + other + code.slice(index + 1);
          const read = await unlessRefusedLater(() => readRecoveryCode(slipped));
          expect(read).toEqual(slipped === code ? drawn : null);
        },
      ),
    );
  });

  it('that are none are refused', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        expect(await unlessRefusedLater(() => readRecoveryCode(text))).toBeNull();
      }),
    );
  });
});
