/**
 * What a message's key (K0) and stretched passphrase (P) become. Rules: K0 is
 * used once, for one message; nothing is encrypted or proved with K0 itself.
 */
import {
  concatBytes,
  randomBytes,
  toEncryptionKey,
  toKeyCommitment,
  toKnockProof,
  toMessageKey,
  toOpenProof,
  toStretchedPassphrase,
  type EncryptionKey,
  type KeyCommitment,
  type KnockProof,
  type MessageKey,
  type OpenProof,
} from './bytes';
import {
  ENCRYPTION_KEY_BYTES,
  KEY_COMMITMENT_BYTES,
  LABELS,
  MESSAGE_KEY_BYTES,
  PROOF_BYTES,
} from './constants';
import { deriveBytes } from './hkdf';

export interface MessageKeys {
  readonly encryptionKey: EncryptionKey;
  readonly openProof: OpenProof;
  readonly keyCommitment: KeyCommitment;
}

/** Draws a new K0. Never reuse one: its encryption key must see one message only. */
export function createMessageKey(): MessageKey {
  return toMessageKey(randomBytes(MESSAGE_KEY_BYTES));
}

/**
 * Derives what needs the link and, if there is one, the passphrase
 * (specification: Key schedule, step 2).
 *
 * @param stretchedPassphrase P, 32 bytes of Argon2id; null without a passphrase
 * @throws ProtocolError bad_length
 */
export async function deriveMessageKeys(
  messageKey: MessageKey,
  stretchedPassphrase: Uint8Array | null,
): Promise<MessageKeys> {
  const keyMaterial =
    stretchedPassphrase === null
      ? toMessageKey(messageKey)
      : concatBytes(toMessageKey(messageKey), toStretchedPassphrase(stretchedPassphrase));
  const [encryptionKey, openProof, keyCommitment] = await Promise.all([
    deriveBytes(keyMaterial, LABELS.encryption, ENCRYPTION_KEY_BYTES),
    deriveBytes(keyMaterial, LABELS.openProof, PROOF_BYTES),
    deriveBytes(keyMaterial, LABELS.keyCommitment, KEY_COMMITMENT_BYTES),
  ]);
  return {
    encryptionKey: toEncryptionKey(encryptionKey),
    openProof: toOpenProof(openProof),
    keyCommitment: toKeyCommitment(keyCommitment),
  };
}

/**
 * Derives what proves the link alone, before any passphrase is asked for
 * (specification: Key schedule, step 3).
 *
 * @throws ProtocolError bad_length
 */
export async function deriveKnockProof(messageKey: MessageKey): Promise<KnockProof> {
  return toKnockProof(await deriveBytes(toMessageKey(messageKey), LABELS.knockProof, PROOF_BYTES));
}
