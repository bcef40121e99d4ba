/**
 * M1, the encrypted message. Rules: every length is checked before a key is
 * touched; the key commitment is compared before anything is decrypted, because
 * AES-GCM alone lets one ciphertext open under two keys; the seal and the
 * passphrase lock are bound as associated data, so neither can be swapped.
 */
import { decryptGcm } from './aes-gcm';
import { concatBytes, constantTimeEqual, randomBytes } from './bytes';
import { IV_BYTES, KEY_COMMITMENT_BYTES, MAX_ENVELOPE_BYTES, TAG_BYTES } from './constants';
import {
  ciphertextAssociatedData,
  sealMessageWithIv,
  type MessageToSeal,
  type SealedMessageContext,
} from './ciphertext-with-iv';
import { ProtocolError } from './errors';
import { isPaddedLength, paddedLength, unpad } from './padding';

export type { MessageToSeal, SealedMessageContext };

export interface MessageToOpen extends SealedMessageContext {
  /** M1 */
  readonly ciphertext: Uint8Array;
}

const HEADER_BYTES = KEY_COMMITMENT_BYTES + IV_BYTES;
const OVERHEAD_BYTES = HEADER_BYTES + TAG_BYTES;

/** The longest M1 there is, in bytes: 1 MiB of text, padded, with everything around it. */
export const MAX_CIPHERTEXT_BYTES = OVERHEAD_BYTES + paddedLength(MAX_ENVELOPE_BYTES);

/**
 * Encrypts an envelope (specification: Ciphertext). The keys must be new: one
 * message key (K0) encrypts one message.
 *
 * @returns M1
 * @throws ProtocolError too_large, bad_length, bad_passphrase_cost
 */
export async function sealMessage(message: MessageToSeal): Promise<Uint8Array<ArrayBuffer>> {
  return sealMessageWithIv(message, randomBytes(IV_BYTES));
}

/**
 * @returns the envelope
 * @throws ProtocolError bad_length, too_large, bad_passphrase_cost, bad_commitment,
 *   bad_ciphertext, bad_padding
 */
export async function openMessage(message: MessageToOpen): Promise<Uint8Array<ArrayBuffer>> {
  checkCiphertextLength(message.ciphertext);
  const associatedData = ciphertextAssociatedData(message.seal, message.lock);
  const ciphertext = concatBytes(message.ciphertext);
  const { encryptionKey, keyCommitment } = message.keys;
  if (!constantTimeEqual(ciphertext.subarray(0, KEY_COMMITMENT_BYTES), keyCommitment)) {
    throw new ProtocolError('bad_commitment');
  }
  const iv = ciphertext.subarray(KEY_COMMITMENT_BYTES, HEADER_BYTES);
  const padded = await decryptGcm(
    { key: encryptionKey, iv, associatedData },
    ciphertext.subarray(HEADER_BYTES),
  );
  return unpad(padded);
}

/**
 * Refuses every length that no honest sender can make: what a server can check
 * of an M1 that it can't read.
 *
 * @throws ProtocolError bad_length, too_large
 */
export function checkCiphertextLength(ciphertext: Uint8Array): void {
  if (ciphertext.length > MAX_CIPHERTEXT_BYTES) throw new ProtocolError('too_large');
  if (!isPaddedLength(ciphertext.length - OVERHEAD_BYTES)) throw new ProtocolError('bad_length');
}
