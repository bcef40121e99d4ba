/** Another address for an account. */
import type { Addressee } from './mail-ports';
import type { SignInProof } from './own-account-ports';

export interface EmailChangeStore {
  /** Makes a link for an address, in the place of those before. */
  start(
    proof: SignInProof,
    email: string,
    tokenHash: Uint8Array,
  ): Promise<'started' | 'email_taken' | 'too_many_requests' | 'changed_meanwhile'>;

  /** The address that a link which can still be used is about. Looking uses nothing up. */
  find(tokenHash: Uint8Array): Promise<string | null>;

  /**
   * Uses the link up and gives the account its address; recovery links, which went to the old one, end
   * with that. Whom to tell, by the old address; null for a link that can't be used.
   */
  complete(tokenHash: Uint8Array): Promise<Addressee | 'email_taken' | null>;
}
