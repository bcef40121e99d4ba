import type { OpenedToken } from '@/lib/protocol/tokens';
import { locateToken } from './locate-token';
import { messageIdToBigInt } from './message-id';
import type { Epoch, Keyring, MessageAddress } from './ports';

export interface LocatedToken<Purpose extends OpenedToken['purpose']> {
  readonly opened: Extract<OpenedToken, { purpose: Purpose }>;
  readonly epoch: Epoch;
  readonly address: MessageAddress;
}

/** The message of a token; null for one that fits no live key or has another purpose. */
export async function locateMessage<Purpose extends 'serverSeal' | 'browserSeal' | 'status'>(
  keyring: Keyring,
  token: string,
  purpose: Purpose,
): Promise<LocatedToken<Purpose> | null> {
  const located = await locateToken(keyring, token, purpose);
  if (located === null) return null;
  const { opened, epoch } = located;
  return { opened, epoch, address: { id: messageIdToBigInt(opened.messageId), epoch: epoch.id } };
}
