import { ProtocolError } from '@/lib/protocol/errors';
import { openToken, type OpenedToken } from '@/lib/protocol/tokens';
import type { Epoch, Keyring } from './ports';

/**
 * Finds the epoch that made a token, by trying each live server key (K1): the
 * token itself says nothing. A token that fits none, or is not of the purpose
 * that is wanted, is null here and so never reaches the database
 * (specification: Tokens).
 */
export async function locateToken<Wanted extends OpenedToken>(
  keyring: Keyring,
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
