/**
 * HPKE in base mode and with a pre-shared key, for one message, written down from RFC 9180: KEM 0x647a
 * (X-Wing), KDF 0x0001 (HKDF-SHA-256), AEAD 0x0002 (AES-256-GCM). Shares no code
 * with the product, and none with the library that the product uses.
 */
import { createDecipheriv, createHmac } from 'node:crypto';
import { ascii, gcm } from './primitives';
import { decapsulate, encapsulate } from './x-wing';

const SUITE = Buffer.concat([ascii('HPKE'), Buffer.from('647a00010002', 'hex')]);
const NONE = Buffer.alloc(0);
const ENCAPSULATION = 1120;
const TAG = 16;

export interface Psk {
  id: Buffer;
  key: Buffer;
}

/** RFC 9180, section 5.1; the sequence number of a first message is 0, so its nonce is the base nonce. */
export function keySchedule(sharedSecret: Buffer, info: Buffer, psk: Psk | null = null) {
  const pskIdHash = labeledExtract(NONE, 'psk_id_hash', psk?.id ?? NONE);
  const infoHash = labeledExtract(NONE, 'info_hash', info);
  const keyScheduleContext = Buffer.concat([Buffer.of(psk === null ? 0 : 1), pskIdHash, infoHash]);
  const secret = labeledExtract(sharedSecret, 'secret', psk?.key ?? NONE);
  return {
    keyScheduleContext,
    secret,
    key: labeledExpand(secret, 'key', keyScheduleContext, 32),
    baseNonce: labeledExpand(secret, 'base_nonce', keyScheduleContext, 12),
  };
}

/** Every value on the way to `sealed`, which is the encapsulation and then the ciphertext. */
export function sealHpke(
  publicKey: Buffer,
  info: Buffer,
  plaintext: Buffer,
  randomness: Buffer,
  psk: Psk | null = null,
) {
  const { enc, sharedSecret, mlKemSecret, x25519Secret } = encapsulate(publicKey, randomness);
  const schedule = keySchedule(sharedSecret, info, psk);
  const ciphertext = gcm(schedule.key, schedule.baseNonce, NONE, plaintext);
  return {
    mlKemSecret,
    x25519Secret,
    enc,
    sharedSecret,
    ...schedule,
    sealed: Buffer.concat([enc, ciphertext]),
  };
}

export function openHpke(seed: Buffer, info: Buffer, sealed: Buffer): Buffer {
  const sharedSecret = decapsulate(seed, sealed.subarray(0, ENCAPSULATION));
  const { key, baseNonce } = keySchedule(sharedSecret, info);
  const decipher = createDecipheriv('aes-256-gcm', key, baseNonce, { authTagLength: TAG });
  decipher.setAuthTag(sealed.subarray(-TAG));
  const opened = decipher.update(sealed.subarray(ENCAPSULATION, -TAG));
  return Buffer.concat([opened, decipher.final()]);
}

function labeledExtract(salt: Buffer, label: string, keyMaterial: Buffer): Buffer {
  const labeled = Buffer.concat([ascii('HPKE-v1'), SUITE, ascii(label), keyMaterial]);
  return hmacSha256(salt, labeled);
}

/** One block is enough: nothing here is longer than 32 bytes. */
function labeledExpand(secret: Buffer, label: string, context: Buffer, length: number): Buffer {
  const size = Buffer.of(0, length);
  const labeled = Buffer.concat([size, ascii('HPKE-v1'), SUITE, ascii(label), context]);
  return hmacSha256(secret, Buffer.concat([labeled, Buffer.of(1)])).subarray(0, length);
}

/** An empty key is 32 zero bytes to HMAC, as RFC 5869 wants for an absent salt. */
function hmacSha256(key: Buffer, message: Buffer): Buffer {
  return createHmac('sha256', key).update(message).digest();
}
