import { toEncapsulationRandomness, toRequestPublicKey } from '@/lib/protocol/bytes';
import { hpkeKem, openHpke, publicKeyOfSeed, sealHpke } from '@/lib/protocol/hpke';
import { sealReply } from '@/lib/protocol/reply';
import type { HpkeVectors } from '../request-vector-shapes';
import { expectBytes, expectRefusal, fromHex, type VectorCheck } from './vector-check';

export function hpkeChecks({ xWing, cases, refusedKeys, refusals }: HpkeVectors): VectorCheck[] {
  return [
    ...xWing.map(({ name, seed, randomness, sharedSecret }) => ({
      name: `X-Wing as in its draft, ${name}`,
      run: async () => {
        const pair = await hpkeKem.generateKeyPairDerand(fromHex(seed));
        const sent = await hpkeKem.encap({
          recipientPublicKey: pair.publicKey,
          ekm: fromHex(randomness),
        });
        expectBytes('encapsulated', new Uint8Array(sent.sharedSecret), sharedSecret);
        const received = await hpkeKem.decap({ recipientKey: pair.privateKey, enc: sent.enc });
        expectBytes('decapsulated', new Uint8Array(received), sharedSecret);
      },
    })),
    ...cases.map((vector) => ({
      name: `HPKE: ${vector.name}`,
      run: async () => {
        const publicKey = await publicKeyOfSeed(fromHex(vector.seed));
        expectBytes('public key', publicKey, vector.publicKey);
        const message = {
          publicKey,
          info: fromHex(vector.info),
          plaintext: fromHex(vector.plaintext),
        };
        const sealed = await sealHpke(
          message,
          toEncapsulationRandomness(fromHex(vector.randomness)),
        );
        expectBytes('sealed', sealed, vector.sealed);
        const opened = await openHpke(fromHex(vector.seed), message.info, fromHex(vector.sealed));
        expectBytes('opened', opened, vector.plaintext);
      },
    })),
    ...refusedKeys.map(({ name, publicKey, error }) => ({
      name: `public key refused: ${name}`,
      run: () =>
        expectRefusal(error, () =>
          sealReply(Uint8Array.of(1, 1, 1), toRequestPublicKey(fromHex(publicKey))),
        ),
    })),
    ...refusals.map(({ name, seed, info, sealed, error }) => ({
      name: `HPKE refused: ${name}`,
      run: () =>
        expectRefusal(error, () => openHpke(fromHex(seed), fromHex(info), fromHex(sealed))),
    })),
  ];
}
