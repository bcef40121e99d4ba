import { TOKEN_LENGTHS } from '@/lib/protocol/constants';
import { locateMessage } from './locate-message';
import { hashClaimNonce } from './nonce';
import type { MessageDesk } from './ports';

/**
 * Ends a claim once its browser has shown the secret: the content goes now,
 * not when the lease does. Nobody but the holder of the nonce can do this.
 *
 * @see lib/protocol/README.md, Acknowledging
 */
export async function acknowledge(
  desk: MessageDesk,
  { token, nonce }: { readonly token: string; readonly nonce: string },
): Promise<boolean> {
  const purpose = token.length === TOKEN_LENGTHS.serverSeal ? 'serverSeal' : 'browserSeal';
  const located = await locateMessage(desk.keyring, token, purpose);
  return located === null
    ? false
    : desk.store.acknowledge(located.address, await hashClaimNonce(nonce));
}
