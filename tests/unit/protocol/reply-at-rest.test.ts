import { beforeAll, describe, expect, it, vi } from 'vitest';
import { randomBytes, toServerKey, type AtRestKey } from '@/lib/protocol/bytes';
import { unwrapAtRest, wrapAtRest, type ReplyBinding } from '@/lib/protocol/at-rest';
import { deriveServerKeys } from '@/lib/protocol/keys';
import { everyBitFlip } from './altered';
import { refusalOf, refusalsOf } from './refusal';

// Thousands of small operations: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const newKey = async () => (await deriveServerKeys(toServerKey(randomBytes(32)))).atRestKey;

describe('a reply at rest', () => {
  const sealed = randomBytes(1392);
  const binding: ReplyBinding = { replyId: randomBytes(8), requestId: randomBytes(8) };
  let atRestKey: AtRestKey;
  let wrapped: Uint8Array;

  beforeAll(async () => {
    atRestKey = await newKey();
    wrapped = await wrapAtRest('reply', atRestKey, sealed, binding);
  });

  it('comes back under the key and the row it was wrapped for', async () => {
    expect(wrapped.length).toBe(1392 + 28);
    expect(await unwrapAtRest('reply', atRestKey, Buffer.from(wrapped), binding)).toEqual(sealed);
  });

  it('stays shut once its epoch is another', async () => {
    const otherKey = await newKey();
    const attempt = () => unwrapAtRest('reply', otherKey, wrapped, binding);
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
      others.map((other) => () => unwrapAtRest('reply', atRestKey, wrapped, other)),
    );
    expect(refusals).toEqual({ bad_ciphertext: 3 });
  });

  it('stays shut with any single bit flipped', async () => {
    const flips = everyBitFlip(wrapped, 13);
    const refusals = await refusalsOf(
      flips.map((flip) => () => unwrapAtRest('reply', atRestKey, flip, binding)),
    );
    expect(refusals).toEqual({ bad_ciphertext: flips.length });
  });

  it('is made of a sealed reply and for a row that exists only', async () => {
    const faulty = [
      { ...binding, replyId: randomBytes(7) },
      { ...binding, requestId: randomBytes(9) },
    ];
    for (const row of faulty) {
      const made = () => wrapAtRest('reply', atRestKey, sealed, row);
      expect(await refusalOf(made)).toBe('bad_binding');
      const read = () => unwrapAtRest('reply', atRestKey, wrapped, row);
      expect(await refusalOf(read)).toBe('bad_binding');
    }
    const noReply = () => wrapAtRest('reply', atRestKey, randomBytes(300), binding);
    expect(await refusalOf(noReply)).toBe('bad_length');
  });

  it('never repeats an IV', async () => {
    const ivs = new Set<string>();
    for (let round = 0; round < 200; round += 1) {
      const bytes = await wrapAtRest('reply', atRestKey, sealed, binding);
      ivs.add(Buffer.from(bytes.subarray(0, 12)).toString('hex'));
    }
    expect(ivs.size).toBe(200);
  });
});
