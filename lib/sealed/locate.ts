/** From what a link or a browser says to the row that it names. */
import { decodeBase64url, toMessageId, type MessageId } from '@/lib/protocol/bytes';
import { CLAIM_NONCE_BYTES } from '@/lib/protocol/constants';
import { ProtocolError } from '@/lib/protocol/errors';
import { openToken, type OpenedToken } from '@/lib/protocol/tokens';
import type { Epoch, Keyring } from '@/lib/server/keyring/keyring';

/** Names one row: its id and the epoch its token authenticated under. */
export interface Address {
  readonly id: bigint;
  readonly epoch: string;
}

/** The tokens that name a message. Those of requests and replies are not among them. */
type MessageToken = Extract<OpenedToken, { messageId: MessageId }>;

export interface LocatedToken<Purpose extends MessageToken['purpose']> {
  readonly opened: Extract<MessageToken, { purpose: Purpose }>;
  readonly epoch: Epoch;
  readonly address: Address;
}

/** The message of a token; null for one that fits no live key or has another purpose. */
export async function locateMessage<Purpose extends MessageToken['purpose']>(
  keyring: Pick<Keyring, 'liveEpochs'>,
  token: string,
  purpose: Purpose,
): Promise<LocatedToken<Purpose> | null> {
  const located = await locateToken(
    keyring,
    token,
    (opened): opened is Extract<MessageToken, { purpose: Purpose }> => opened.purpose === purpose,
  );
  if (located === null) return null;
  const { opened, epoch } = located;
  return { opened, epoch, address: { id: messageIdToBigInt(opened.messageId), epoch: epoch.id } };
}

/**
 * Finds the epoch that made a token, by trying each live server key (K1): the
 * token itself says nothing. A token that fits none, or is not of the purpose
 * that is wanted, is null here and so never reaches the database
 * (specification: Tokens).
 */
export async function locateToken<Wanted extends OpenedToken>(
  keyring: Pick<Keyring, 'liveEpochs'>,
  token: string,
  isWanted: (opened: OpenedToken) => opened is Wanted,
): Promise<{ readonly opened: Wanted; readonly epoch: Epoch } | null> {
  for (const epoch of await keyring.liveEpochs()) {
    const opened = tryOpenToken(epoch, token);
    if (opened !== null) return isWanted(opened) ? { opened, epoch } : null;
  }
  return null;
}

function tryOpenToken(epoch: Epoch, token: string): OpenedToken | null {
  try {
    return openToken(epoch.keys.tokenKey, token);
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

/**
 * ID0 is 8 bytes in the protocol and a signed 64-bit integer in the database:
 * the same bits, read big-endian.
 */
export function messageIdToBigInt(messageId: MessageId): bigint {
  return new DataView(messageId.buffer, messageId.byteOffset, 8).getBigInt64(0);
}

/** The other way round. */
export function messageIdOfRow(id: bigint): MessageId {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, id);
  return toMessageId(bytes);
}

/** Draws a new ID0: 64 random bits, so that ids tell neither order nor number. */
export function createMessageId(): MessageId {
  return toMessageId(crypto.getRandomValues(new Uint8Array(8)));
}

/**
 * What the database keeps of a claim nonce: its SHA-256 (32 bytes), so that a
 * reader of the database can't claim again in the opener's place.
 * @throws ProtocolError for anything but 22 characters of canonical base64url
 */
export async function hashClaimNonce(nonce: string): Promise<Uint8Array> {
  const bytes = decodeBase64url(nonce, CLAIM_NONCE_BYTES);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
