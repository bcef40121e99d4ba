import { toMessageId, type MessageId } from '@/lib/protocol/bytes';

/**
 * ID0 is 8 bytes in the protocol and a signed 64-bit integer in the database:
 * the same bits, read big-endian.
 */
export function messageIdToBigInt(messageId: MessageId): bigint {
  return new DataView(messageId.buffer, messageId.byteOffset, 8).getBigInt64(0);
}

/** Draws a new ID0: 64 random bits, so that ids tell neither order nor number. */
export function createMessageId(): MessageId {
  return toMessageId(crypto.getRandomValues(new Uint8Array(8)));
}

/** The other way round. */
export function messageIdOfRow(id: bigint): MessageId {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, id);
  return toMessageId(bytes);
}
