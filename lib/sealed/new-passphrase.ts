/** What a new passphrase may be. Opening asks for less: what was sealed once must stay enterable. */
import { ProtocolError } from '@/lib/protocol/errors';
import { normalizePassphrase } from '@/lib/protocol/passphrase';
import type { RefusalCode } from '@/lib/refusal-code';
import { isAssigned } from '@/lib/secrets/unicode-13';
import { MAX_PASSPHRASE_LENGTH } from './policy';

/** Line ends among them: a box of one line drops or can't hold them, so nobody could enter it. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Why a new passphrase, not empty, is refused; null if it is none. */
export function refusalOfNewPassphrase(text: string): RefusalCode | null {
  if (text.length > MAX_PASSPHRASE_LENGTH) return 'passphrase_too_long';
  if (CONTROLS.test(text)) return 'passphrase_control';
  // Phones add a space behind a word, and copying takes one along: it would cost a try each time.
  if (text.trim() !== text) return 'passphrase_space';
  if (!isAssigned(text)) return 'passphrase_too_new';
  // Normalising can make a text longer, so the protocol's own limit is asked too.
  return isAccepted(text) ? null : 'passphrase_too_long';
}

function isAccepted(text: string): boolean {
  try {
    normalizePassphrase(text, 'verbatim');
    return true;
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}
