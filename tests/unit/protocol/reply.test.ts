import { beforeAll, describe, expect, it, vi } from 'vitest';
import { randomBytes } from '@/lib/protocol/bytes';
import {
  checkReplyLength,
  decodeEnvelope,
  encodeTextEnvelope,
  MAX_SEALED_REPLY_BYTES,
  unpad,
} from '@/lib/protocol/envelope';
import { openReply, sealReply } from '@/lib/protocol/reply';
import { createRequestKeys, type RequestKeys } from '@/lib/protocol/request-keys';
import { openHpke } from '@/tests/vectors/reference/hpke';
import { requestInfo } from '@/tests/vectors/reference/request-values';
import { everyBitFlip, randomUpTo } from './altered';
import { refusalOf, refusalsOf } from './refusal';

// Key encapsulations by the hundred: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe('a reply', () => {
  let request: RequestKeys;
  let other: RequestKeys;

  beforeAll(async () => {
    [request, other] = await Promise.all([createRequestKeys(), createRequestKeys()]);
  });

  it('gives back any envelope to whoever holds the seed of its request', async () => {
    const { seed, publicKey } = request;
    for (let round = 0; round < 30; round += 1) {
      const envelope = randomBytes(2 + randomUpTo(3000));
      const sealed = await sealReply(envelope, publicKey);
      checkReplyLength(sealed);
      const fromDatabase = Buffer.concat([Buffer.alloc(13), sealed]).subarray(13);
      expect(await openReply(fromDatabase, seed, publicKey)).toEqual(envelope);
    }
  });

  it('opens with another HPKE than the one that the app uses', async () => {
    const text = 'user: root\npassword: t0p–dräwer';
    const sealed = await sealReply(encodeTextEnvelope(text), request.publicKey);
    const info = requestInfo('reply', Buffer.from(request.publicKey));
    const padded = openHpke(Buffer.from(request.seed), info, Buffer.from(sealed));
    expect(decodeEnvelope(unpad(padded))).toEqual({ kind: 'text', text });
  });

  it('opens for no other request, nor in the name of another', async () => {
    const sealed = await sealReply(encodeTextEnvelope('x'), request.publicKey);
    const attempts = await refusalsOf([
      () => openReply(sealed, other.seed, other.publicKey),
      () => openReply(sealed, other.seed, request.publicKey),
      () => openReply(sealed, request.seed, other.publicKey),
    ]);
    expect(attempts).toEqual({ bad_ciphertext: 3 });
  });

  it('is refused with a bit flipped anywhere', async () => {
    const { seed, publicKey } = request;
    const flips = everyBitFlip(await sealReply(encodeTextEnvelope('x'), publicKey), 97);
    const refusals = await refusalsOf(flips.map((flip) => () => openReply(flip, seed, publicKey)));
    expect(refusals).toEqual({ bad_ciphertext: flips.length });
  });

  it('does not tell by its length a PIN from a password, and has lengths of the padding only', async () => {
    const lengthOf = async (length: number) =>
      (await sealReply(randomBytes(length), request.publicKey)).length;
    expect(await lengthOf(6)).toBe(1392);
    expect(await lengthOf(252)).toBe(1392);
    expect(await lengthOf(253)).toBe(1408);
    for (let length = 0; length < 1392; length += 1) {
      expect(await refusalOf(() => checkReplyLength(new Uint8Array(length)))).toBe('bad_length');
    }
  });

  it('holds 1 MiB and not a byte more', async () => {
    const { seed, publicKey } = request;
    const longest = encodeTextEnvelope('x'.repeat(1_048_576));
    const sealed = await sealReply(longest, publicKey);
    expect(sealed.length).toBe(MAX_SEALED_REPLY_BYTES);
    expect(MAX_SEALED_REPLY_BYTES).toBe(1_082_480);
    expect((await openReply(sealed, seed, publicKey)).length).toBe(longest.length);
    const tooLong = () => sealReply(new Uint8Array(longest.length + 1), publicKey);
    expect(await refusalOf(tooLong)).toBe('too_large');
    const received = () => checkReplyLength(new Uint8Array(MAX_SEALED_REPLY_BYTES + 1));
    expect(await refusalOf(received)).toBe('too_large');
  });

  it('is sealed anew every time: the same answer twice shows no likeness', async () => {
    const envelope = encodeTextEnvelope('the same');
    const starts = new Set<string>();
    for (let round = 0; round < 20; round += 1) {
      const sealed = await sealReply(envelope, request.publicKey);
      starts.add(Buffer.from(sealed.subarray(0, 32)).toString('hex'));
      starts.add(Buffer.from(sealed.subarray(1120, 1152)).toString('hex'));
    }
    expect(starts.size).toBe(40);
  });
});
