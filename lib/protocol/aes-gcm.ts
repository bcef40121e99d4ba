/** AES-256-GCM with its whole tag, through WebCrypto. */
import { TAG_BYTES } from './constants';
import { ProtocolError } from './errors';

interface GcmContext {
  /** 32 bytes */
  readonly key: Uint8Array<ArrayBuffer>;
  /** 12 bytes */
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly associatedData: Uint8Array<ArrayBuffer>;
}

/** Ciphertext and its 16-byte tag. */
export async function encryptGcm(
  context: GcmContext,
  plaintext: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await importKey(context, 'encrypt');
  return new Uint8Array(
    await globalThis.crypto.subtle.encrypt(parameters(context), key, plaintext),
  );
}

/** @throws ProtocolError bad_ciphertext */
export async function decryptGcm(
  context: GcmContext,
  ciphertext: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await importKey(context, 'decrypt');
  try {
    return new Uint8Array(
      await globalThis.crypto.subtle.decrypt(parameters(context), key, ciphertext),
    );
  } catch (error) {
    // What WebCrypto says when the tag does not fit. Anything else is a bug.
    if (error instanceof Error && error.name === 'OperationError') {
      throw new ProtocolError('bad_ciphertext');
    }
    throw error;
  }
}

function importKey({ key }: GcmContext, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return globalThis.crypto.subtle.importKey('raw', key, 'AES-GCM', false, [use]);
}

function parameters({ iv, associatedData }: GcmContext): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: associatedData, tagLength: TAG_BYTES * 8 };
}
