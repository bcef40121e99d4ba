import { MAX_PASSPHRASE_LENGTH } from '@/lib/messages/policy';
import { ProtocolError } from '@/lib/protocol/errors';
import { normalizePassphrase } from '@/lib/protocol/passphrase';

/** Whether a passphrase, not empty, fits: as typed, and also once it is normalised. */
export function fitsAsPassphrase(passphrase: string): boolean {
  if (passphrase.length > MAX_PASSPHRASE_LENGTH) return false;
  try {
    normalizePassphrase(passphrase);
    return true;
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}
