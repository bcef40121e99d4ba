import { acknowledgeQuietly } from './acknowledge-quietly';
import { rememberClaim } from './claim-memory';

export interface OpenedClaim {
  /** M2 or ID1 */
  readonly linkToken: string;
  readonly nonce: string;
  /** ISO 8601 */
  readonly openedAt: string;
}

/**
 * What follows once a secret is on the screen: this tab lets go of the nonce,
 * the server of the ciphertext, and the address of its key.
 */
export async function finishOpening(
  acknowledge: (form: FormData) => Promise<{ status: 'done' | 'refused' }>,
  { linkToken, nonce, openedAt }: OpenedClaim,
): Promise<void> {
  // Remembered first: a reload while the server is being told must not make this reader
  // believe that somebody else has read the secret.
  await rememberClaim(linkToken, { state: 'shown', openedAt });
  await acknowledgeQuietly(acknowledge, linkToken, nonce);
  // Through the framework's own wrapper, or it would write the old address back.
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
}
