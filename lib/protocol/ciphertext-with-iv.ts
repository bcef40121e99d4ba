/**
 * The part of sealing that is a pure function of its input. For `ciphertext.ts`
 * and for test vectors only: whoever else chooses an IV can repeat one, and a
 * repeated IV under one key gives both messages away. A test watches the imports.
 */
import { encryptGcm } from './aes-gcm';
import { encodeLabel, encodeLock } from './associated-data';
import { concatBytes } from './bytes';
import { LABELS, SEAL_BYTE, type Seal } from './constants';
import type { MessageKeys } from './message-keys';
import { pad } from './padding';
import type { PassphraseLock } from './passphrase';

export interface SealedMessageContext {
  readonly seal: Seal;
  readonly keys: MessageKeys;
  /** The lock that the keys' passphrase was stretched with; null without a passphrase. */
  readonly lock: PassphraseLock | null;
}

export interface MessageToSeal extends SealedMessageContext {
  readonly envelope: Uint8Array;
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

/** M1 = key commitment, IV0, AES-256-GCM of the padded envelope. */
export async function sealMessageWithIv(
  { seal, envelope, keys, lock }: MessageToSeal,
  iv: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const associatedData = ciphertextAssociatedData(seal, lock);
  const encrypted = await encryptGcm(
    { key: keys.encryptionKey, iv, associatedData },
    pad(envelope),
  );
  return concatBytes(keys.keyCommitment, iv, encrypted);
}
