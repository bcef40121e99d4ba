/**
 * The part of wrapping a reply that is a pure function of its input. For
 * `reply-at-rest.ts` and for test vectors only: see `at-rest-with-iv.ts`.
 */
import { encryptGcm } from './aes-gcm';
import { encodeLabel } from './associated-data';
import { concatBytes, type AtRestKey } from './bytes';
import { LABELS, REPLY_ID_BYTES, REQUEST_ID_BYTES } from './constants';
import { ProtocolError } from './errors';
import { checkReplyLength } from './reply';

/** Which reply to which request: both bound. */
export interface ReplyAtRestBinding {
  /** 8 bytes */
  readonly replyId: Uint8Array;
  /** 8 bytes */
  readonly requestId: Uint8Array;
}

/** @throws ProtocolError bad_binding */
export function replyAtRestAssociatedData({
  replyId,
  requestId,
}: ReplyAtRestBinding): Uint8Array<ArrayBuffer> {
  // The encoding is unambiguous only while both have their length.
  if (replyId.length !== REPLY_ID_BYTES || requestId.length !== REQUEST_ID_BYTES) {
    throw new ProtocolError('bad_binding');
  }
  return concatBytes(encodeLabel(LABELS.wrappedReply), replyId, requestId);
}

/** IV, then AES-256-GCM of the sealed reply. */
export async function wrapReplyAtRestWithIv(
  atRestKey: AtRestKey,
  sealedReply: Uint8Array,
  binding: ReplyAtRestBinding,
  iv: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  checkReplyLength(sealedReply);
  const associatedData = replyAtRestAssociatedData(binding);
  const encrypted = await encryptGcm(
    { key: atRestKey, iv, associatedData },
    concatBytes(sealedReply),
  );
  return concatBytes(iv, encrypted);
}
