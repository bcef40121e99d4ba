import { beforeAll, describe, expect, it, vi } from 'vitest';
import { unwrapAtRest, wrapAtRest, type MessageBinding } from '@/lib/protocol/at-rest';
import { randomBytes, type AtRestKey, toServerKey } from '@/lib/protocol/bytes';
import { ARGON2 } from '@/lib/protocol/constants';
import { createPassphraseLock } from '@/lib/protocol/passphrase';
import { deriveServerKeys } from '@/lib/protocol/keys';
import { everyBitFlip } from './altered';
import { refusalOf, refusalsOf } from './refusal';

// Thousands of small operations: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const newKey = async () => (await deriveServerKeys(toServerKey(randomBytes(32)))).atRestKey;

function newBinding(): MessageBinding {
  return {
    messageId: randomBytes(8),
    seal: 'browser',
    expiresAtMs: 1_795_392_000_000n,
    lock: createPassphraseLock('verbatim'),
    knockVerifier: randomBytes(32),
    openVerifier: randomBytes(32),
  };
}

describe('M1 at rest', () => {
  const ciphertext = randomBytes(300);
  const binding = newBinding();
  let atRestKey: AtRestKey;
  let wrapped: Uint8Array;

  beforeAll(async () => {
    atRestKey = await newKey();
    wrapped = await wrapAtRest('message', atRestKey, ciphertext, binding);
  });

  const attempt = (change: Partial<MessageBinding>) =>
    refusalOf(() => unwrapAtRest('message', atRestKey, wrapped, { ...binding, ...change }));

  it('comes back under the key and the row it was wrapped for', async () => {
    expect(await unwrapAtRest('message', atRestKey, Buffer.from(wrapped), binding)).toEqual(
      ciphertext,
    );
    for (const openVerifier of [binding.openVerifier, null]) {
      const server: MessageBinding = { ...binding, seal: 'server', lock: null, openVerifier };
      const rewrapped = await wrapAtRest('message', atRestKey, ciphertext, server);
      expect(await unwrapAtRest('message', atRestKey, rewrapped, server)).toEqual(ciphertext);
    }
  });

  it('stays shut once its epoch is another', async () => {
    const otherKey = await newKey();
    expect(await refusalOf(() => unwrapAtRest('message', otherKey, wrapped, binding))).toBe(
      'bad_ciphertext',
    );
  });

  it('stays shut in any other row, and when any field of its own row was changed', async () => {
    const other = newBinding();
    const { messageId, openVerifier, knockVerifier, lock } = other;
    for (const change of [{ messageId }, { openVerifier }, { knockVerifier }, { lock }]) {
      expect(await attempt(change)).toBe('bad_ciphertext');
    }
    expect(await attempt({ expiresAtMs: binding.expiresAtMs + 1n })).toBe('bad_ciphertext');
    expect(await attempt({ expiresAtMs: 2n ** 64n - 1n })).toBe('bad_ciphertext');
    expect(await attempt({ lock: null })).toBe('bad_ciphertext');
    expect(await attempt({ seal: 'server' })).toBe('bad_ciphertext');
    expect(await attempt({ seal: 'server', openVerifier: null })).toBe('bad_ciphertext');
    const swapped = {
      openVerifier: binding.knockVerifier,
      knockVerifier: binding.openVerifier ?? new Uint8Array(32),
    };
    expect(await attempt(swapped)).toBe('bad_ciphertext');
    const cheaper = {
      profile: 'verbatim' as const,
      salt: binding.lock?.salt ?? new Uint8Array(16),
      ...ARGON2,
      passes: 1,
    };
    expect(await attempt({ lock: cheaper })).toBe('bad_passphrase_cost');
    expect(await attempt({})).toBe('accepted');
  });

  it('stays shut with any single bit flipped', async () => {
    const flips = everyBitFlip(wrapped);
    const refusals = await refusalsOf(
      flips.map((flip) => () => unwrapAtRest('message', atRestKey, flip, binding)),
    );
    expect(refusals).toEqual({ bad_ciphertext: flips.length });
  });

  it.each([12, 15])('stays shut with its tag cut to %d bytes', async (tagLength) => {
    const cut = wrapped.subarray(0, wrapped.length - (16 - tagLength));
    expect(await refusalOf(() => unwrapAtRest('message', atRestKey, cut, binding))).toBe(
      'bad_length',
    );
  });

  it('is made for a row that exists only: every field has its length and range', async () => {
    const faulty: Partial<MessageBinding>[] = [
      { messageId: randomBytes(7) },
      { openVerifier: randomBytes(31) },
      { knockVerifier: randomBytes(33) },
      { openVerifier: null },
      { expiresAtMs: -1n },
      { expiresAtMs: 2n ** 64n },
    ];
    for (const change of faulty) {
      const made = () => wrapAtRest('message', atRestKey, ciphertext, { ...binding, ...change });
      expect(await refusalOf(made)).toBe('bad_binding');
      expect(await attempt(change)).toBe('bad_binding');
    }
    expect(await refusalOf(() => wrapAtRest('message', atRestKey, randomBytes(299), binding))).toBe(
      'bad_length',
    );
  });

  it('never repeats an IV', async () => {
    const ivs = new Set<string>();
    for (let round = 0; round < 200; round += 1) {
      const bytes = await wrapAtRest('message', atRestKey, ciphertext, binding);
      ivs.add(Buffer.from(bytes.subarray(0, 12)).toString('hex'));
    }
    expect(ivs.size).toBe(200);
  });
});
