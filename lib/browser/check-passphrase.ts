import { ProtocolError } from '@/lib/protocol/errors';
import { normalizePassphrase } from '@/lib/protocol/passphrase';

/** Whether a passphrase, not empty, keeps the protocol's own limits once it is normalised. */
export function fitsAsPassphrase(passphrase: string): boolean {
  try {
    normalizePassphrase(passphrase, 'verbatim');
    return true;
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}
