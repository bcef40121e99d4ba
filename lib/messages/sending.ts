/** Who sends, and to whom: what a sender without an account has none of. */
export interface Sending {
  /** UUID of the account in whose list the messages stand; null for a sender without one. */
  readonly senderId: string | null;
  /** What the sender calls the recipients, one message for each; empty for one that has no name. */
  readonly recipients: readonly string[];
  readonly notifyWhenOpened: boolean;
}

export const ANONYMOUS: Sending = { senderId: null, recipients: [], notifyWhenOpened: false };

/** What the one recipient is called; '' if nothing. */
export function onlyRecipient({ recipients }: Sending): readonly [string] {
  return [recipients[0] ?? ''];
}
