/**
 * HPKE (RFC 9180) in base mode or with a pre-shared key: X-Wing, HKDF-SHA-256, AES-256-GCM, one
 * message for each encapsulation and no associated data; what a ciphertext belongs to is
 * said in `info`. About 18 kB that no page about messages needs: only what seals
 * to a vault or to a request imports this.
 */
import { Aes256Gcm, CipherSuite, DecapError, HkdfSha256, OpenError } from '@hpke/core';
import { XWing } from '@hpke/hybridkem-x-wing';
import { concatBytes } from './bytes';
import { TAG_BYTES, X_WING_ENCAPSULATION_BYTES } from './constants';
import { ProtocolError } from './errors';

export const hpkeKem = new XWing();

export const hpkeSuite = new CipherSuite({
  kem: hpkeKem,
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

/** What HPKE adds to a plaintext, in bytes: the encapsulation before it, the tag behind it. */
export const HPKE_OVERHEAD_BYTES = X_WING_ENCAPSULATION_BYTES + TAG_BYTES;

/** What only the two who seal and open have. */
export interface PreSharedKey {
  readonly id: Uint8Array<ArrayBuffer>;
  /** 32 bytes */
  readonly key: Uint8Array<ArrayBuffer>;
}

/** A pre-shared key as the library takes it; nothing for base mode. */
export function pskOf(psk: PreSharedKey | undefined) {
  return psk === undefined
    ? {}
    : { psk: { id: new Uint8Array(psk.id).buffer, key: new Uint8Array(psk.key).buffer } };
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
    return new Uint8Array(
      await hpkeSuite.open({ recipientKey, enc, info, ...pskOf(psk) }, ciphertext),
    );
  } catch (error) {
    // An encapsulation that can't be, or a tag that does not fit. Anything else is a bug.
    if (error instanceof OpenError || error instanceof DecapError) {
      throw new ProtocolError('bad_ciphertext');
    }
    throw error;
  }
}
