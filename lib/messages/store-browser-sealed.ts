import type { PassphraseLock } from '@/lib/protocol/passphrase';
import { sealBrowserLinkToken, sealStatusToken } from '@/lib/protocol/tokens';
import { deriveKnockVerifier, deriveOpenVerifier } from '@/lib/protocol/verifiers';
import type { LinkForRecipient } from './outcomes';
import { placeMessages, type MessageToPlace } from './place-messages';
import type { ExpiresIn } from './policy';
import type { MessageDesk } from './ports';
import { ANONYMOUS, onlyRecipient, type Sending } from './sending';
import { isoTime } from './views';

/** What a browser made of a secret under a message key (K0) of its own: nothing here opens it. */
export interface SealedCopy {
  /** M1 */
  readonly ciphertext: Uint8Array;
  /** 32 bytes */
  readonly openProof: Uint8Array;
  /** 32 bytes */
  readonly knockProof: Uint8Array;
}

/** What the copies of one secret have in common. */
export interface BrowserSealedTerms {
  readonly lock: PassphraseLock | null;
  readonly expiresIn: ExpiresIn;
  readonly note: string;
}

export type BrowserSealedMessage = SealedCopy & BrowserSealedTerms;

/**
 * Browser seal: stores what the server can't read. The link it answers with
 * has no fragment; the browser appends `#` and the message key (K0), which the
 * server never sees.
 *
 * @see lib/protocol/README.md, Browser seal: sealing
 */
export async function storeBrowserSealed(
  desk: MessageDesk,
  message: BrowserSealedMessage,
  sending: Sending = ANONYMOUS,
): Promise<LinkForRecipient> {
  const [recipient] = onlyRecipient(sending);
  const [stored] = await store(desk, message, sending, [{ recipient, copy: message }]);
  if (stored === undefined) throw new Error('A message was not placed.');
  return stored;
}

/**
 * The same for several recipients, stored all or none.
 * @param copies one for each of `sending.recipients`, in their order
 */
export function storeBrowserSealedForEach(
  desk: MessageDesk,
  copies: readonly SealedCopy[],
  terms: BrowserSealedTerms,
  sending: Sending,
): Promise<readonly LinkForRecipient[]> {
  return store(
    desk,
    terms,
    sending,
    copies.map((copy, index) => ({ copy, recipient: sending.recipients[index] ?? '' })),
  );
}

async function store(
  desk: MessageDesk,
  { lock, expiresIn, note }: BrowserSealedTerms,
  { senderId, notifyWhenOpened }: Sending,
  copies: readonly { readonly copy: SealedCopy; readonly recipient: string }[],
): Promise<readonly LinkForRecipient[]> {
  const placed = await placeMessages(
    desk,
    'browser',
    { expiresIn, note, senderId, notifyWhenOpened },
    copies.map(({ copy, recipient }): MessageToPlace => ({
      recipient,
      make: async (_messageId, { keys }) => ({
        ciphertext: copy.ciphertext,
        linkVerifier: await deriveOpenVerifier(keys.verifierKey, copy.openProof),
        knockVerifier: await deriveKnockVerifier(keys.verifierKey, copy.knockProof),
        lock,
      }),
    })),
  );
  return placed.map(({ messageId, epoch, expiresAtMs }, index) => ({
    link: `${desk.appUrl}/m/${sealBrowserLinkToken(epoch.keys.tokenKey, messageId)}`,
    statusLink: `${desk.appUrl}/s/${sealStatusToken(epoch.keys.tokenKey, messageId)}`,
    expiresAt: isoTime(expiresAtMs),
    seal: 'browser',
    hasPassphrase: lock !== null,
    recipient: copies[index]?.recipient ?? '',
  }));
}
