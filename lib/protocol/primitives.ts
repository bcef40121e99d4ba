/** What WebCrypto computes for all the rest: AES-256-GCM, HKDF, HMAC and SHA-256. */
import { concatBytes, encodeLabel, randomBytes, toIv, utf8, type Iv } from './bytes';
import { IV_BYTES, TAG_BYTES } from './constants';
import { ProtocolError } from './errors';

export interface GcmContext {
  /** 32 bytes */
  readonly key: Uint8Array<ArrayBuffer>;
  readonly associatedData: Uint8Array<ArrayBuffer>;
}

/**
 * AES-256-GCM with its whole tag.
 *
 * @param iv new for every encryption; only test vectors choose one (see `Iv`)
 * @returns the IV (12 bytes), the ciphertext and its tag (16 bytes)
 */
export async function encryptGcm(
  { key, associatedData }: GcmContext,
  plaintext: Uint8Array<ArrayBuffer>,
  iv: Iv = toIv(randomBytes(IV_BYTES)),
): Promise<Uint8Array<ArrayBuffer>> {
  const { subtle } = globalThis.crypto;
  const imported = await subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const encrypted = await subtle.encrypt(parameters(iv, associatedData), imported, plaintext);
  return concatBytes(iv, new Uint8Array(encrypted));
}

/**
 * @param sealed as `encryptGcm` returns it
 * @throws ProtocolError bad_ciphertext
 */
export async function decryptGcm(
  { key, associatedData }: GcmContext,
  sealed: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const { subtle } = globalThis.crypto;
  const bytes = concatBytes(sealed);
  const iv = bytes.subarray(0, IV_BYTES);
  const imported = await subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  try {
    return new Uint8Array(
      await subtle.decrypt(parameters(iv, associatedData), imported, bytes.subarray(IV_BYTES)),
    );
  } catch (error) {
    // What WebCrypto says when the tag does not fit. Anything else is a bug.
    if (error instanceof Error && error.name === 'OperationError') {
      throw new ProtocolError('bad_ciphertext');
    }
    throw error;
  }
}

function parameters(
  iv: Uint8Array<ArrayBuffer>,
  associatedData: Uint8Array<ArrayBuffer>,
): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: associatedData, tagLength: TAG_BYTES * 8 };
}

const NO_SALT = new Uint8Array(0);

/**
 * HKDF-SHA-256 (RFC 5869) with an empty salt; `label` is the info, or begins it. The input is
 * uniformly random or Argon2id output beside it, so the salt has nothing to add;
 * the label gives every use its own independent output.
 *
 * @param length bytes
 */
export async function deriveBytes(
  keyMaterial: Uint8Array<ArrayBuffer>,
  label: string | Uint8Array<ArrayBuffer>,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey('raw', keyMaterial, 'HKDF', false, ['deriveBits']);
  const info = typeof label === 'string' ? utf8(label) : label;
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: NO_SALT, info };
  return new Uint8Array(await subtle.deriveBits(algorithm, key, length * 8));
}

/** HMAC-SHA-256 over the label, a zero byte and the value. 32 bytes. */
export async function hmac(
  key: Uint8Array<ArrayBuffer>,
  label: string,
  value: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const { subtle } = globalThis.crypto;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await subtle.importKey('raw', key, algorithm, false, ['sign']);
  return new Uint8Array(
    await subtle.sign('HMAC', imported, concatBytes(encodeLabel(label), value)),
  );
}

/** SHA-256, 32 bytes. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes));
}
