/**
 * HPKE (RFC 9180), base mode: X-Wing, HKDF-SHA-256, AES-256-GCM. One message a
 * context, no associated data: what a ciphertext belongs to is in `info`. Loaded
 * only where vaults and requests are worked with.
 */
import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { XWing } from '@hpke/hybridkem-x-wing';
import { concatBytes } from './bytes';
import { X_WING } from './constants';
import { ProtocolError } from './errors';

const kem = new XWing();
const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** The public key (1216 bytes) of a seed (32 bytes). */
export async function publicKeyOf(seed: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { publicKey } = await kem.generateKeyPairDerand(new Uint8Array(seed));
  return new Uint8Array(await kem.serializePublicKey(publicKey));
}

/** Encapsulation (1120 bytes), then ciphertext with its 16-byte tag. @throws ProtocolError bad_public_key */
export async function sealTo(
  publicKey: Uint8Array<ArrayBuffer>,
  info: Uint8Array<ArrayBuffer>,
  plaintext: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const recipientPublicKey = await kem.deserializePublicKey(publicKey).catch(() => {
    throw new ProtocolError('bad_public_key');
  });
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, plaintext);
  return concatBytes(new Uint8Array(enc), new Uint8Array(ct));
}

/** @throws ProtocolError bad_ciphertext */
export async function openWith(
  seed: Uint8Array,
  info: Uint8Array<ArrayBuffer>,
  sealed: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = concatBytes(sealed);
  const { privateKey } = await kem.generateKeyPairDerand(new Uint8Array(seed));
  const enc = bytes.subarray(0, X_WING.encapsulationBytes);
  try {
    const opened = await suite.open(
      { recipientKey: privateKey, enc: concatBytes(enc), info },
      bytes.subarray(X_WING.encapsulationBytes),
    );
    return new Uint8Array(opened);
  } catch {
    // Keys and lengths are right by their types and checks: what is left is another key or info.
    throw new ProtocolError('bad_ciphertext');
  }
}
