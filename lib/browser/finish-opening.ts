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
 * What follows once a secret is on the screen: the server lets go of the
 * ciphertext, this tab lets go of the nonce, and the address of its key.
 */
export async function finishOpening(
  acknowledge: (form: FormData) => Promise<{ status: 'done' | 'refused' }>,
  { linkToken, nonce, openedAt }: OpenedClaim,
): Promise<void> {
  await acknowledgeQuietly(acknowledge, linkToken, nonce);
  await rememberClaim(linkToken, { state: 'shown', openedAt });
  // Through the framework's own wrapper, or it would write the old address back.
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
}
