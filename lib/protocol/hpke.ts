/**
 * HPKE (RFC 9180) in base mode or with a pre-shared key: X-Wing, HKDF-SHA-256, AES-256-GCM, one
 * message for each encapsulation and no associated data; what a ciphertext belongs to is
 * said in `info`. About 18 kB that no page about messages needs: only what seals
 * to a vault or to a request imports this.
 */
import { Aes256Gcm, CipherSuite, DecapError, EncapError, HkdfSha256, OpenError } from '@hpke/core';
import { XWing } from '@hpke/hybridkem-x-wing';
import {
  concatBytes,
  randomBytes,
  toEncapsulationRandomness,
  type EncapsulationRandomness,
} from './bytes';
import {
  HPKE_OVERHEAD_BYTES,
  X_WING_ENCAPSULATION_BYTES,
  X_WING_RANDOMNESS_BYTES,
} from './constants';
import { ProtocolError } from './errors';

export const hpkeKem = new XWing();

const suite = new CipherSuite({ kem: hpkeKem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** What only the two who seal and open have. */
export interface PreSharedKey {
  readonly id: Uint8Array<ArrayBuffer>;
  /** 32 bytes */
  readonly key: Uint8Array<ArrayBuffer>;
}

export interface HpkeMessage {
  /** 1,216 bytes */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly info: Uint8Array<ArrayBuffer>;
  readonly plaintext: Uint8Array<ArrayBuffer>;
  /** Of the two who seal and open; without it, base mode: anybody may have sealed. */
  readonly psk?: PreSharedKey;
}

/**
 * The X-Wing public key of a seed, 1,216 bytes.
 *
 * @param seed 32 bytes
 */
export async function publicKeyOfSeed(
  seed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  // Copies: the library keeps the buffer it is given.
  const { publicKey } = await hpkeKem.generateKeyPairDerand(new Uint8Array(seed));
  return new Uint8Array(await hpkeKem.serializePublicKey(publicKey));
}

/**
 * @param randomness for ML-KEM and for X25519; see `EncapsulationRandomness`
 * @returns the encapsulation (1,120 bytes), then the ciphertext with its tag
 * @throws ProtocolError bad_public_key
 */
export async function sealHpke(
  { publicKey, info, plaintext, psk }: HpkeMessage,
  randomness: EncapsulationRandomness = toEncapsulationRandomness(
    randomBytes(X_WING_RANDOMNESS_BYTES),
  ),
): Promise<Uint8Array<ArrayBuffer>> {
  const recipientPublicKey = await hpkeKem.deserializePublicKey(new Uint8Array(publicKey).buffer);
  try {
    const sender = await suite.createSenderContext({
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

/**
 * @param seed 32 bytes: the private half of the key that was sealed to
 * @param sealed the encapsulation, then the ciphertext with its tag
 * @returns the plaintext
 * @throws ProtocolError bad_length, bad_ciphertext
 */
export async function openHpke(
  seed: Uint8Array<ArrayBuffer>,
  info: Uint8Array<ArrayBuffer>,
  sealed: Uint8Array,
  psk?: PreSharedKey,
): Promise<Uint8Array<ArrayBuffer>> {
  if (sealed.length < HPKE_OVERHEAD_BYTES) throw new ProtocolError('bad_length');
  const enc = concatBytes(sealed.subarray(0, X_WING_ENCAPSULATION_BYTES));
  const ciphertext = concatBytes(sealed.subarray(X_WING_ENCAPSULATION_BYTES));
  const recipientKey = await hpkeKem.deserializePrivateKey(new Uint8Array(seed).buffer);
  try {
    return new Uint8Array(await suite.open({ recipientKey, enc, info, ...pskOf(psk) }, ciphertext));
  } catch (error) {
    // An encapsulation that can't be, or a tag that does not fit. Anything else is a bug.
    if (error instanceof OpenError || error instanceof DecapError) {
      throw new ProtocolError('bad_ciphertext');
    }
    throw error;
  }
}

/** A pre-shared key as the library takes it; nothing for base mode. */
function pskOf(psk: PreSharedKey | undefined) {
  return psk === undefined
    ? {}
    : { psk: { id: new Uint8Array(psk.id).buffer, key: new Uint8Array(psk.key).buffer } };
}
