import { beforeAll, describe, expect, it, vi } from 'vitest';
import { unwrapAtRest, wrapAtRest, type AtRestBinding } from '@/lib/protocol/at-rest';
import { randomBytes, type AtRestKey } from '@/lib/protocol/bytes';
import { ARGON2 } from '@/lib/protocol/constants';
import { createPassphraseLock } from '@/lib/protocol/passphrase';
import { deriveServerKeys } from '@/lib/protocol/server-keys';
import { everyBitFlip } from './altered';
import { refusalOf, refusalsOf } from './refusal';

// Thousands of small operations: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const newKey = async () => (await deriveServerKeys(randomBytes(32))).atRestKey;

function newBinding(): AtRestBinding {
  return {
    messageId: randomBytes(8),
    seal: 'browser',
    expiresAtMs: 1_795_392_000_000n,
    lock: createPassphraseLock('verbatim'),
    linkVerifier: randomBytes(32),
    knockVerifier: randomBytes(32),
  };
}

describe('M1 at rest', () => {
  const ciphertext = randomBytes(300);
  const binding = newBinding();
  let atRestKey: AtRestKey;
  let wrapped: Uint8Array;

  beforeAll(async () => {
    atRestKey = await newKey();
    wrapped = await wrapAtRest(atRestKey, ciphertext, binding);
  });

  const attempt = (change: Partial<AtRestBinding>) =>
    refusalOf(() => unwrapAtRest(atRestKey, wrapped, { ...binding, ...change }));

  it('comes back under the key and the row it was wrapped for', async () => {
    expect(await unwrapAtRest(atRestKey, Buffer.from(wrapped), binding)).toEqual(ciphertext);
    const server: AtRestBinding = { ...binding, seal: 'server', lock: null, knockVerifier: null };
    const rewrapped = await wrapAtRest(atRestKey, ciphertext, server);
    expect(await unwrapAtRest(atRestKey, rewrapped, server)).toEqual(ciphertext);
  });

  it('stays shut once its epoch is another', async () => {
    const otherKey = await newKey();
    expect(await refusalOf(() => unwrapAtRest(otherKey, wrapped, binding))).toBe('bad_ciphertext');
  });

  it('stays shut in any other row, and when any field of its own row was changed', async () => {
    const other = newBinding();
    const { messageId, linkVerifier, knockVerifier, lock } = other;
    for (const change of [{ messageId }, { linkVerifier }, { knockVerifier }, { lock }]) {
      expect(await attempt(change)).toBe('bad_ciphertext');
    }
    expect(await attempt({ expiresAtMs: binding.expiresAtMs + 1n })).toBe('bad_ciphertext');
    expect(await attempt({ expiresAtMs: 2n ** 64n - 1n })).toBe('bad_ciphertext');
    expect(await attempt({ lock: null })).toBe('bad_ciphertext');
    expect(await attempt({ seal: 'server', knockVerifier: null })).toBe('bad_ciphertext');
    const swapped = {
      linkVerifier: binding.knockVerifier ?? new Uint8Array(32),
      knockVerifier: binding.linkVerifier,
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
      flips.map((flip) => () => unwrapAtRest(atRestKey, flip, binding)),
    );
    expect(refusals).toEqual({ bad_ciphertext: flips.length });
  });

  it.each([12, 15])('stays shut with its tag cut to %d bytes', async (tagLength) => {
    const cut = wrapped.subarray(0, wrapped.length - (16 - tagLength));
    expect(await refusalOf(() => unwrapAtRest(atRestKey, cut, binding))).toBe('bad_length');
  });

  it('is made for a row that exists only: every field has its length and range', async () => {
    const faulty: Partial<AtRestBinding>[] = [
      { messageId: randomBytes(7) },
      { linkVerifier: randomBytes(31) },
      { knockVerifier: randomBytes(33) },
      { knockVerifier: null },
      { seal: 'server' },
      { expiresAtMs: -1n },
      { expiresAtMs: 2n ** 64n },
    ];
    for (const change of faulty) {
      const made = () => wrapAtRest(atRestKey, ciphertext, { ...binding, ...change });
      expect(await refusalOf(made)).toBe('bad_binding');
      expect(await attempt(change)).toBe('bad_binding');
    }
    expect(await refusalOf(() => wrapAtRest(atRestKey, randomBytes(299), binding))).toBe(
      'bad_length',
    );
  });

  it('never repeats an IV', async () => {
    const ivs = new Set<string>();
    for (let round = 0; round < 200; round += 1) {
      const bytes = await wrapAtRest(atRestKey, ciphertext, binding);
      ivs.add(Buffer.from(bytes.subarray(0, 12)).toString('hex'));
    }
    expect(ivs.size).toBe(200);
  });
});
