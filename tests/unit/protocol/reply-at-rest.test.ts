import { beforeAll, describe, expect, it, vi } from 'vitest';
import { randomBytes, type AtRestKey } from '@/lib/protocol/bytes';
import {
  unwrapReplyAtRest,
  wrapReplyAtRest,
  type ReplyAtRestBinding,
} from '@/lib/protocol/reply-at-rest';
import { deriveServerKeys } from '@/lib/protocol/server-keys';
import { everyBitFlip } from './altered';
import { refusalOf, refusalsOf } from './refusal';

// Thousands of small operations: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const newKey = async () => (await deriveServerKeys(randomBytes(32))).atRestKey;

describe('a reply at rest', () => {
  const sealed = randomBytes(1392);
  const binding: ReplyAtRestBinding = { replyId: randomBytes(8), requestId: randomBytes(8) };
  let atRestKey: AtRestKey;
  let wrapped: Uint8Array;

  beforeAll(async () => {
    atRestKey = await newKey();
    wrapped = await wrapReplyAtRest(atRestKey, sealed, binding);
  });

  it('comes back under the key and the row it was wrapped for', async () => {
    expect(wrapped.length).toBe(1392 + 28);
    expect(await unwrapReplyAtRest(atRestKey, Buffer.from(wrapped), binding)).toEqual(sealed);
  });

  it('stays shut once its epoch is another', async () => {
    const otherKey = await newKey();
    const attempt = () => unwrapReplyAtRest(otherKey, wrapped, binding);
    expect(await refusalOf(attempt)).toBe('bad_ciphertext');
  });

  it('stays shut as another reply, and as a reply to another request', async () => {
    const { replyId, requestId } = binding;
    const others = [
      { replyId: randomBytes(8), requestId },
      { replyId, requestId: randomBytes(8) },
      { replyId: requestId, requestId: replyId },
    ];
    const refusals = await refusalsOf(
      others.map((other) => () => unwrapReplyAtRest(atRestKey, wrapped, other)),
    );
    expect(refusals).toEqual({ bad_ciphertext: 3 });
  });

  it('stays shut with any single bit flipped', async () => {
    const flips = everyBitFlip(wrapped, 13);
    const refusals = await refusalsOf(
      flips.map((flip) => () => unwrapReplyAtRest(atRestKey, flip, binding)),
    );
    expect(refusals).toEqual({ bad_ciphertext: flips.length });
  });

  it('is made of a sealed reply and for a row that exists only', async () => {
    const faulty = [
      { ...binding, replyId: randomBytes(7) },
      { ...binding, requestId: randomBytes(9) },
    ];
    for (const row of faulty) {
      const made = () => wrapReplyAtRest(atRestKey, sealed, row);
      expect(await refusalOf(made)).toBe('bad_binding');
      const read = () => unwrapReplyAtRest(atRestKey, wrapped, row);
      expect(await refusalOf(read)).toBe('bad_binding');
    }
    const noReply = () => wrapReplyAtRest(atRestKey, randomBytes(300), binding);
    expect(await refusalOf(noReply)).toBe('bad_length');
  });

  it('never repeats an IV', async () => {
    const ivs = new Set<string>();
    for (let round = 0; round < 200; round += 1) {
      const bytes = await wrapReplyAtRest(atRestKey, sealed, binding);
      ivs.add(Buffer.from(bytes.subarray(0, 12)).toString('hex'));
    }
    expect(ivs.size).toBe(200);
  });
});
