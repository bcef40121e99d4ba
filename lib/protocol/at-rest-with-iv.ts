/**
 * The part of wrapping that is a pure function of its input. For `at-rest.ts`
 * and for test vectors only: whoever else chooses an IV can repeat one, and a
 * repeated IV under one key gives both messages away. A test watches the imports.
 */
import { encryptGcm } from './aes-gcm';
import { encodeLabel, encodeLock, encodeOptional } from './associated-data';
import { concatBytes, uint64, type AtRestKey } from './bytes';
import { checkCiphertextLength } from './ciphertext';
import { LABELS, MESSAGE_ID_BYTES, SEAL_BYTE, VERIFIER_BYTES, type Seal } from './constants';
import { ProtocolError } from './errors';
import type { PassphraseLock } from './passphrase';

/** What the row of a message says about it, all of it bound. */
export interface AtRestBinding {
  /** ID0, 8 bytes */
  readonly messageId: Uint8Array;
  readonly seal: Seal;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly expiresAtMs: bigint;
  readonly lock: PassphraseLock | null;
  /** H0, 32 bytes */
  readonly linkVerifier: Uint8Array;
  /** 32 bytes with a browser seal, null with a server seal. */
  readonly knockVerifier: Uint8Array | null;
}

const UINT64_LIMIT = 2n ** 64n;

/** @throws ProtocolError bad_binding, bad_length, bad_passphrase_cost */
export function atRestAssociatedData(binding: AtRestBinding): Uint8Array<ArrayBuffer> {
  checkBinding(binding);
  return concatBytes(
    encodeLabel(LABELS.wrapped),
    binding.messageId,
    Uint8Array.of(SEAL_BYTE[binding.seal]),
    uint64(binding.expiresAtMs),
    encodeLock(binding.lock),
    binding.linkVerifier,
    encodeOptional(binding.knockVerifier),
  );
}

/** IV, then AES-256-GCM of M1. */
export async function wrapAtRestWithIv(
  atRestKey: AtRestKey,
  ciphertext: Uint8Array,
  binding: AtRestBinding,
  iv: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  checkCiphertextLength(ciphertext);
  const associatedData = atRestAssociatedData(binding);
  const encrypted = await encryptGcm(
    { key: atRestKey, iv, associatedData },
    concatBytes(ciphertext),
  );
  return concatBytes(iv, encrypted);
}

/** The encoding is unambiguous only while every field has its length and range. */
function checkBinding({
  messageId,
  seal,
  expiresAtMs,
  linkVerifier,
  knockVerifier,
}: AtRestBinding): void {
  const fits =
    messageId.length === MESSAGE_ID_BYTES &&
    expiresAtMs >= 0n &&
    expiresAtMs < UINT64_LIMIT &&
    linkVerifier.length === VERIFIER_BYTES &&
    (seal === 'browser') === (knockVerifier !== null) &&
    (knockVerifier === null || knockVerifier.length === VERIFIER_BYTES);
  if (!fits) throw new ProtocolError('bad_binding');
}
