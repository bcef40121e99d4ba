import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  createRequestKeys,
  matchesFingerprint,
  openRequestSeed,
  requestFingerprint,
  requestPublicKeyOf,
  sealRequestSeed,
  type RequestKeys,
} from '@/lib/protocol/request-keys';
import { createVault, type Vault } from '@/lib/protocol/vault';
import { everyBitFlip } from './altered';
import { refusalOf, refusalsOf } from './refusal';

// Key encapsulations by the hundred: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe("a request's key pair", () => {
  let request: RequestKeys;
  let other: RequestKeys;
  let reader: Vault;
  let colleague: Vault;

  beforeAll(async () => {
    [request, other] = await Promise.all([createRequestKeys(), createRequestKeys()]);
    [reader, colleague] = await Promise.all([createVault(), createVault()]);
  });

  it('is new for every request, and its public key follows from its seed', async () => {
    expect([request.seed.length, request.publicKey.length]).toEqual([32, 1216]);
    expect(Buffer.from(request.seed)).not.toEqual(Buffer.from(other.seed));
    expect(await requestPublicKeyOf(request.seed)).toEqual(request.publicKey);
  });

  it('has a fingerprint of 22 characters that no altered or other key matches', async () => {
    const fingerprint = await requestFingerprint(request.publicKey);
    expect(fingerprint).toMatch(/^[\w-]{22}$/);
    expect(await matchesFingerprint(Buffer.from(request.publicKey), fingerprint)).toBe(true);
    expect(await matchesFingerprint(other.publicKey, fingerprint)).toBe(false);
    for (const flipped of everyBitFlip(request.publicKey, 61)) {
      expect(await matchesFingerprint(flipped, fingerprint)).toBe(false);
    }
  });

  it('matches no fingerprint that is cut, lengthened or spelled otherwise', async () => {
    const fingerprint = await requestFingerprint(request.publicKey);
    const cuts = Array.from({ length: 22 }, (_, length) => fingerprint.slice(0, length));
    for (const altered of [...cuts, `${fingerprint}A`, `${fingerprint}==`, ` ${fingerprint}`]) {
      expect(await matchesFingerprint(request.publicKey, altered)).toBe(false);
    }
  });

  it('reaches every reader that its seed is sealed to, and nobody else', async () => {
    const { seed, publicKey } = request;
    const forReader = await sealRequestSeed(seed, publicKey, reader.publicKey);
    const forColleague = await sealRequestSeed(seed, publicKey, colleague.publicKey);
    expect([forReader.length, forColleague.length]).toEqual([1168, 1168]);
    expect(await openRequestSeed(Buffer.from(forReader), publicKey, reader.seed)).toEqual(seed);
    expect(await openRequestSeed(forColleague, publicKey, colleague.seed)).toEqual(seed);
    const byOther = () => openRequestSeed(forReader, publicKey, colleague.seed);
    expect(await refusalOf(byOther)).toBe('bad_ciphertext');
  });

  it('is bound to its request: a seed sealed for one opens for no other', async () => {
    const sealed = await sealRequestSeed(request.seed, request.publicKey, reader.publicKey);
    const moved = () => openRequestSeed(sealed, other.publicKey, reader.seed);
    expect(await refusalOf(moved)).toBe('bad_ciphertext');
  });

  it('is never sealed with a public key that is not its own', async () => {
    const mixed = () => sealRequestSeed(request.seed, other.publicKey, reader.publicKey);
    expect(await refusalOf(mixed)).toBe('bad_key_pair');
  });

  it('is refused, sealed, with a bit flipped or another length', async () => {
    const { seed, publicKey } = request;
    const sealed = await sealRequestSeed(seed, publicKey, reader.publicKey);
    const attempts = (all: Uint8Array[]) =>
      refusalsOf(all.map((bytes) => () => openRequestSeed(bytes, publicKey, reader.seed)));
    const flips = everyBitFlip(sealed, 97);
    expect(await attempts(flips)).toEqual({ bad_ciphertext: flips.length });
    const cuts = [0, 1120, 1136, 1167].map((length) => sealed.subarray(0, length));
    expect(await attempts([...cuts, Buffer.concat([sealed, Buffer.of(0)])])).toEqual({
      bad_length: 5,
    });
  });

  it('is sealed anew every time: no two copies are alike', async () => {
    const { seed, publicKey } = request;
    const copies = new Set<string>();
    for (let round = 0; round < 20; round += 1) {
      const sealed = await sealRequestSeed(seed, publicKey, reader.publicKey);
      copies.add(Buffer.from(sealed.subarray(0, 32)).toString('hex'));
    }
    expect(copies.size).toBe(20);
  });
});
