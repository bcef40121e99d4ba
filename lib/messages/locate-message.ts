import type { MessageId } from '@/lib/protocol/bytes';
import { ProtocolError } from '@/lib/protocol/errors';
import { openToken, type OpenedToken } from '@/lib/protocol/tokens';
import { messageIdToBigInt } from './message-id';
import type { Epoch, Keyring, MessageAddress } from './ports';

/** The tokens that name a message. Those of requests and replies are not among them. */
type MessageToken = Extract<OpenedToken, { messageId: MessageId }>;

export interface LocatedToken<Purpose extends MessageToken['purpose']> {
  readonly opened: Extract<MessageToken, { purpose: Purpose }>;
  readonly epoch: Epoch;
  readonly address: MessageAddress;
}

/**
 * Finds the epoch that made a token, by trying each live server key (K1): the
 * token itself says nothing. A token that fits none, or has another purpose, is
 * null here and so never reaches the database (specification: Tokens).
 */
export async function locateMessage<Purpose extends MessageToken['purpose']>(
  keyring: Keyring,
  token: string,
  purpose: Purpose,
): Promise<LocatedToken<Purpose> | null> {
  for (const epoch of await keyring.liveEpochs()) {
    const opened = tryOpenToken(epoch, token);
    if (opened === null) continue;
    if (!hasPurpose(opened, purpose)) return null;
    return {
      opened,
      epoch,
      address: { id: messageIdToBigInt(opened.messageId), epoch: epoch.id },
    };
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

function hasPurpose<Purpose extends MessageToken['purpose']>(
  opened: OpenedToken,
  purpose: Purpose,
): opened is Extract<MessageToken, { purpose: Purpose }> {
  return opened.purpose === purpose;
}
