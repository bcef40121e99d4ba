import type { MessageId } from '@/lib/protocol/bytes';
import type { OpenedToken } from '@/lib/protocol/tokens';
import { locateToken } from './locate-token';
import { messageIdToBigInt } from './message-id';
import type { Epoch, Keyring, MessageAddress } from './ports';

/** The tokens that name a message. Those of requests and replies are not among them. */
type MessageToken = Extract<OpenedToken, { messageId: MessageId }>;

export interface LocatedToken<Purpose extends MessageToken['purpose']> {
  readonly opened: Extract<MessageToken, { purpose: Purpose }>;
  readonly epoch: Epoch;
  readonly address: MessageAddress;
}

/** The message of a token; null for one that fits no live key or has another purpose. */
export async function locateMessage<Purpose extends MessageToken['purpose']>(
  keyring: Keyring,
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
