/** The protocol's primitives out of node:crypto, and inputs that anyone can recompute. */
import { createCipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';

/** The first bytes of SHA-256 of "Sealpost test vectors: <name> <counter>", counter from 0. */
export function fixed(name: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, counter) =>
    createHash('sha256').update(`Sealpost test vectors: ${name} ${counter}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

export function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

export function hkdf(keyMaterial: Buffer, label: string | Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', keyMaterial, '', label, length));
}

/** HKDF-Extract with an empty salt, which RFC 5869 defines as 32 zero bytes. */
export function hkdfExtract(keyMaterial: Buffer): Buffer {
  return createHmac('sha256', Buffer.alloc(32)).update(keyMaterial).digest();
}

export function hmac(key: Buffer, message: Buffer): Buffer {
  return createHmac('sha256', key).update(message).digest();
}

/** Ciphertext and tag. A tag of fewer than 16 bytes is for refusals. */
export function gcm(
  key: Buffer,
  iv: Buffer,
  associatedData: Buffer,
  plaintext: Buffer,
  tagLength = 16,
): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength });
  cipher.setAAD(associatedData);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

export function u32(value: number): Buffer {
  return Buffer.from(value.toString(16).padStart(8, '0'), 'hex');
}

export function u64(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(16, '0'), 'hex');
}

export function ascii(text: string): Buffer {
  return Buffer.from(text, 'ascii');
}

export const ZERO = Buffer.of(0);
