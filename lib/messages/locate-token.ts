import { ProtocolError } from '@/lib/protocol/errors';
import { openToken, type OpenedToken } from '@/lib/protocol/tokens';
import type { Epoch, Keyring } from './ports';

type Purpose = OpenedToken['purpose'];

/**
 * Finds the epoch that made a token, by trying each live server key (K1): the
 * token itself says nothing. A token that fits none, or has another purpose, is
 * null here and so never reaches the database (specification: Tokens).
 */
export async function locateToken<Wanted extends Purpose>(
  keyring: Keyring,
  token: string,
  purpose: Wanted,
): Promise<{ opened: Extract<OpenedToken, { purpose: Wanted }>; epoch: Epoch } | null> {
  for (const epoch of await keyring.liveEpochs()) {
    const opened = tryOpenToken(epoch, token);
    if (opened === null) continue;
    return hasPurpose(opened, purpose) ? { opened, epoch } : null;
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

function hasPurpose<Wanted extends Purpose>(
  opened: OpenedToken,
  purpose: Wanted,
): opened is Extract<OpenedToken, { purpose: Wanted }> {
  return opened.purpose === purpose;
}
