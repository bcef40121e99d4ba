/**
 * The part of HPKE that is a pure function of its input. For what seals and for
 * test vectors only: whoever knows the randomness of an encapsulation opens what
 * was sealed with it, and whoever repeats it seals two messages under one key and
 * nonce. A test watches the imports.
 */
import { EncapError } from '@hpke/core';
import { concatBytes } from './bytes';
import { X_WING_RANDOMNESS_BYTES } from './constants';
import { ProtocolError } from './errors';
import { hpkeKem, hpkeSuite, pskOf, type PreSharedKey } from './hpke';

export interface HpkeMessage {
  /** 1,216 bytes */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly info: Uint8Array<ArrayBuffer>;
  readonly plaintext: Uint8Array<ArrayBuffer>;
  /** Of whoever seals and whoever opens; without it, base mode: anybody may have sealed. */
  readonly psk?: PreSharedKey;
}

/**
 * @param randomness 64 bytes, for ML-KEM and for X25519
 * @returns the encapsulation (1,120 bytes), then the ciphertext with its tag
 * @throws ProtocolError bad_length, bad_public_key
 */
export async function sealHpkeWithRandomness(
  { publicKey, info, plaintext, psk }: HpkeMessage,
  randomness: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (randomness.length !== X_WING_RANDOMNESS_BYTES) throw new ProtocolError('bad_length');
  const recipientPublicKey = await hpkeKem.deserializePublicKey(new Uint8Array(publicKey).buffer);
  try {
    const sender = await hpkeSuite.createSenderContext({
      recipientPublicKey,
      info,
      ekm: randomness,
      ...pskOf(psk),
    });
    const ciphertext = await sender.seal(plaintext);
    return concatBytes(new Uint8Array(sender.enc), new Uint8Array(ciphertext));
  } catch (error) {
    // A key with coefficients out of range, or a point that leads nowhere.
    if (error instanceof EncapError) throw new ProtocolError('bad_public_key');
    throw error;
  }
}
