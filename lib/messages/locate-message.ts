import { ProtocolError } from '@/lib/protocol/errors';
import { openToken, type OpenedToken } from '@/lib/protocol/tokens';
import { messageIdToBigInt } from './message-id';
import type { Epoch, Keyring, MessageAddress } from './ports';

export interface LocatedToken<Purpose extends OpenedToken['purpose']> {
  readonly opened: Extract<OpenedToken, { purpose: Purpose }>;
  readonly epoch: Epoch;
  readonly address: MessageAddress;
}

/**
 * Finds the epoch that made a token, by trying each live server key (K1): the
 * token itself says nothing. A token that fits none, or has another purpose, is
 * null here and so never reaches the database (specification: Tokens).
 */
export async function locateMessage<Purpose extends 'serverSeal' | 'browserSeal' | 'status'>(
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

function hasPurpose<Purpose extends OpenedToken['purpose']>(
  opened: OpenedToken,
  purpose: Purpose,
): opened is Extract<OpenedToken, { purpose: Purpose }> {
  return opened.purpose === purpose;
}
