/**
 * Ids of requests and replies: 8 bytes in the protocol, a signed 64-bit
 * integer in the database (the same bits, read big-endian), and 16 hex digits
 * in the addresses of staff pages. Random, so they tell neither order nor number.
 */
import { toReplyId, toRequestId, type ReplyId, type RequestId } from '@/lib/protocol/bytes';
import { REPLY_ID_BYTES } from '@/lib/protocol/constants';
import { hashClaimNonce } from '@/lib/messages/nonce';

const ID_TEXT = /^[0-9a-f]{16}$/;

/**
 * The id that a reply gets. It follows from the nonce which came with the
 * form, so a form that arrives twice, because its answer was lost or a proxy
 * repeated it, makes one reply. Whoever drew the nonce is the only one to know it.
 *
 * @param nonce base64url, 22 characters
 */
export async function replyIdOf(nonce: string): Promise<ReplyId> {
  return toReplyId((await hashClaimNonce(nonce)).subarray(0, REPLY_ID_BYTES));
}

export function toRowId(id: RequestId | ReplyId): bigint {
  return new DataView(id.buffer, id.byteOffset, id.byteLength).getBigInt64(0);
}

export function requestIdOfRow(rowId: bigint): RequestId {
  return toRequestId(bytesOfRow(rowId));
}

export function replyIdOfRow(rowId: bigint): ReplyId {
  return toReplyId(bytesOfRow(rowId));
}

/** 16 hex digits. */
export function formatRowId(rowId: bigint): string {
  return BigInt.asUintN(64, rowId).toString(16).padStart(16, '0');
}

/** null for what is no id. */
export function readRowId(text: string): bigint | null {
  return ID_TEXT.test(text) ? BigInt.asIntN(64, BigInt(`0x${text}`)) : null;
}

function bytesOfRow(rowId: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, rowId);
  return bytes;
}
