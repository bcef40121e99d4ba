/** What the owner decided for everybody who sends. */

export type WhoMaySend =
  /** whoever reaches the page */
  | 'anyone'
  /** whoever is signed in */
  | 'members';

export interface SendingPolicy {
  readonly whoMaySend: WhoMaySend;
  /** Seconds that a message may wait at the most. */
  readonly longestExpiry: number;
  /** Every message must be locked with a passphrase. */
  readonly passphraseRequired: boolean;
}
