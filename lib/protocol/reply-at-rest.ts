/**
 * The second layer around a sealed reply, which the database holds: as for
 * messages, an epoch that is destroyed takes its replies with it, also out of
 * backups, and even from one who gets hold of a reader's password years later.
 */
import { decryptGcm } from './aes-gcm';
import { concatBytes, randomBytes, type AtRestKey } from './bytes';
import { IV_BYTES, TAG_BYTES } from './constants';
import { ProtocolError } from './errors';
import { checkReplyLength } from './reply';
import {
  replyAtRestAssociatedData,
  wrapReplyAtRestWithIv,
  type ReplyAtRestBinding,
} from './reply-at-rest-with-iv';

export type { ReplyAtRestBinding };

/** @throws ProtocolError bad_length, too_large, bad_binding */
export async function wrapReplyAtRest(
  atRestKey: AtRestKey,
  sealedReply: Uint8Array,
  binding: ReplyAtRestBinding,
): Promise<Uint8Array<ArrayBuffer>> {
  return wrapReplyAtRestWithIv(atRestKey, sealedReply, binding, randomBytes(IV_BYTES));
}

/**
 * @returns the sealed reply
 * @throws ProtocolError bad_length, too_large, bad_binding, bad_ciphertext
 */
export async function unwrapReplyAtRest(
  atRestKey: AtRestKey,
  wrapped: Uint8Array,
  binding: ReplyAtRestBinding,
): Promise<Uint8Array<ArrayBuffer>> {
  if (wrapped.length < IV_BYTES + TAG_BYTES) throw new ProtocolError('bad_length');
  checkReplyLength(wrapped.subarray(IV_BYTES, -TAG_BYTES));
  const associatedData = replyAtRestAssociatedData(binding);
  const bytes = concatBytes(wrapped);
  return decryptGcm(
    { key: atRestKey, iv: bytes.subarray(0, IV_BYTES), associatedData },
    bytes.subarray(IV_BYTES),
  );
}
