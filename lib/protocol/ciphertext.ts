/**
 * M1, the encrypted message. Rules: every length is checked before a key is
 * touched; the key commitment is compared before anything is decrypted, because
 * AES-GCM alone lets one ciphertext open under two keys; the seal and the
 * passphrase lock are bound as associated data, so neither can be swapped.
 */
import { concatBytes, constantTimeEqual, encodeLabel, type Iv } from './bytes';
import { KEY_COMMITMENT_BYTES, LABELS, SEAL_BYTE, type Seal } from './constants';
import { checkCiphertextLength, pad, unpad } from './envelope';
import { ProtocolError } from './errors';
import type { MessageKeys } from './keys';
import { encodeLock, type PassphraseLock } from './passphrase';
import { decryptGcm, encryptGcm } from './primitives';

export interface SealedMessageContext {
  readonly seal: Seal;
  readonly keys: MessageKeys;
  /** The lock that the keys' passphrase was stretched with; null without a passphrase. */
  readonly lock: PassphraseLock | null;
}

export interface MessageToSeal extends SealedMessageContext {
  readonly envelope: Uint8Array;
}

export interface MessageToOpen extends SealedMessageContext {
  /** M1 */
  readonly ciphertext: Uint8Array;
}

/** What M1 is bound to: version (in the label), seal, salt and cost. */
export function ciphertextAssociatedData(
  seal: Seal,
  lock: PassphraseLock | null,
): Uint8Array<ArrayBuffer> {
  return concatBytes(
    encodeLabel(LABELS.ciphertext),
    Uint8Array.of(SEAL_BYTE[seal]),
    encodeLock(lock),
  );
}

/**
 * Encrypts an envelope (specification: Ciphertext). The keys must be new: one
 * message key (K0) encrypts one message.
 *
 * @param iv see `Iv`
 * @returns M1: the key commitment, IV0, AES-256-GCM of the padded envelope
 * @throws ProtocolError too_large, bad_length, bad_passphrase_cost
 */
export async function sealMessage(
  { seal, envelope, keys, lock }: MessageToSeal,
  iv?: Iv,
): Promise<Uint8Array<ArrayBuffer>> {
  const associatedData = ciphertextAssociatedData(seal, lock);
  const encrypted = await encryptGcm(
    { key: keys.encryptionKey, associatedData },
    pad(envelope),
    iv,
  );
  return concatBytes(keys.keyCommitment, encrypted);
}

/**
 * @returns the envelope
 * @throws ProtocolError bad_length, too_large, bad_passphrase_cost, bad_commitment,
 *   bad_ciphertext, bad_padding
 */
export async function openMessage({
  seal,
  ciphertext,
  keys,
  lock,
}: MessageToOpen): Promise<Uint8Array<ArrayBuffer>> {
  checkCiphertextLength(ciphertext);
  const associatedData = ciphertextAssociatedData(seal, lock);
  if (!constantTimeEqual(ciphertext.subarray(0, KEY_COMMITMENT_BYTES), keys.keyCommitment)) {
    throw new ProtocolError('bad_commitment');
  }
  const encrypted = ciphertext.subarray(KEY_COMMITMENT_BYTES);
  return unpad(await decryptGcm({ key: keys.encryptionKey, associatedData }, encrypted));
}
