/**
 * The second layer around M1, which the database holds: without the keyring a
 * copy of the database opens nothing, even for one who has the links. Rules:
 * everything the row says about a message is bound, so no field can be moved
 * from one row to another or changed in place.
 */
import { decryptGcm } from './aes-gcm';
import { concatBytes, randomBytes, type AtRestKey } from './bytes';
import { checkCiphertextLength } from './ciphertext';
import { IV_BYTES, TAG_BYTES } from './constants';
import { atRestAssociatedData, wrapAtRestWithIv, type AtRestBinding } from './at-rest-with-iv';
import { ProtocolError } from './errors';

export type { AtRestBinding };

/**
 * @param ciphertext M1
 * @throws ProtocolError bad_length, too_large, bad_binding, bad_passphrase_cost
 */
export async function wrapAtRest(
  atRestKey: AtRestKey,
  ciphertext: Uint8Array,
  binding: AtRestBinding,
): Promise<Uint8Array<ArrayBuffer>> {
  return wrapAtRestWithIv(atRestKey, ciphertext, binding, randomBytes(IV_BYTES));
}

/**
 * @returns M1
 * @throws ProtocolError bad_length, too_large, bad_binding, bad_passphrase_cost, bad_ciphertext
 */
export async function unwrapAtRest(
  atRestKey: AtRestKey,
  wrapped: Uint8Array,
  binding: AtRestBinding,
): Promise<Uint8Array<ArrayBuffer>> {
  if (wrapped.length < IV_BYTES + TAG_BYTES) throw new ProtocolError('bad_length');
  checkCiphertextLength(wrapped.subarray(IV_BYTES, -TAG_BYTES));
  const associatedData = atRestAssociatedData(binding);
  const bytes = concatBytes(wrapped);
  return decryptGcm(
    { key: atRestKey, iv: bytes.subarray(0, IV_BYTES), associatedData },
    bytes.subarray(IV_BYTES),
  );
}
