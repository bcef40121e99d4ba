import { describe, expect, it, vi } from 'vitest';
import { randomBytes, toEncapsulationRandomness } from '@/lib/protocol/bytes';
import { openHpke, publicKeyOfSeed, sealHpke } from '@/lib/protocol/hpke';
import {
  openHpke as openWithReference,
  sealHpke as sealWithReference,
} from '@/tests/vectors/reference/hpke';
import { xWingKeys } from '@/tests/vectors/reference/x-wing';
import { refusalOf } from './refusal';

// Key encapsulations by the hundred: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe('HPKE', () => {
  it('agrees with a second implementation both ways, for any seed, info and plaintext', async () => {
    for (let round = 0; round < 6; round += 1) {
      const seed = randomBytes(32);
      const publicKey = await publicKeyOfSeed(seed);
      expect(Buffer.from(publicKey)).toEqual(xWingKeys(Buffer.from(seed)).publicKey);
      const info = randomBytes(round * 11);
      const plaintext = randomBytes(round * 97);
      const message = { publicKey, info, plaintext };
      const sealed = await sealHpke(message);
      const opened = openWithReference(Buffer.from(seed), Buffer.from(info), Buffer.from(sealed));
      expect(opened).toEqual(Buffer.from(plaintext));
      const sealedByReference = sealWithReference(
        Buffer.from(publicKey),
        Buffer.from(info),
        Buffer.from(plaintext),
        Buffer.from(randomBytes(64)),
      ).sealed;
      expect(await openHpke(seed, info, sealedByReference)).toEqual(plaintext);
    }
  });

  it('seals with 64 bytes of randomness and no others', async () => {
    const publicKey = await publicKeyOfSeed(randomBytes(32));
    const message = { publicKey, info: randomBytes(5), plaintext: randomBytes(5) };
    for (const length of [0, 32, 63, 65]) {
      const made = () => sealHpke(message, toEncapsulationRandomness(randomBytes(length)));
      expect(await refusalOf(made)).toBe('bad_length');
    }
  });

  it('leaves the seed that it is given as it is', async () => {
    const seed = randomBytes(32);
    const copy = new Uint8Array(seed);
    const publicKey = await publicKeyOfSeed(seed);
    const info = randomBytes(5);
    const message = { publicKey, info, plaintext: randomBytes(5) };
    await openHpke(seed, info, await sealHpke(message));
    expect(seed).toEqual(copy);
  });
});
