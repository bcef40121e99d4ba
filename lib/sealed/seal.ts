/** Sealing: on the server, or storing what a browser sealed. One recipient is a list of one. */
import 'server-only';
import type { KnockProof, OpenProof, StretchedPassphrase } from '@/lib/protocol/bytes';
import { sealMessage } from '@/lib/protocol/ciphertext';
import { encodeEnvelope, type Envelope } from '@/lib/protocol/envelope';
import {
  createMessageKey,
  deriveKnockVerifier,
  deriveMessageKeys,
  deriveOpenVerifier,
  deriveServerLinkVerifier,
} from '@/lib/protocol/keys';
import {
  createPassphraseLock,
  normalizePassphrase,
  type PassphraseLock,
} from '@/lib/protocol/passphrase';
import { sealBrowserLinkToken, sealServerLinkToken, sealStatusToken } from '@/lib/protocol/tokens';
import { profileOf } from '@/lib/secrets/generated-words';
import type { Within } from '@/lib/server/context';
import type { Seal, SealedLink } from './outcomes';
import { placeMessages, type MessageToPlace, type PlacedMessage } from './place';
import type { ExpiresIn } from './policy';
import { isoTime } from './views';

/** Who sends, and to whom. */
export interface Sending {
  /** UUID of the account in whose list the messages stand; null for a sender without one. */
  readonly senderId: string | null;
  /** What the sender calls the recipients, one message for each; [''] for one that has no name. */
  readonly recipients: readonly string[];
  readonly notifyWhenOpened: boolean;
}

/** A sender without an account, who names nobody. */
export const ANONYMOUS: Sending = { senderId: null, recipients: [''], notifyWhenOpened: false };

export interface SecretToSeal {
  readonly secret: Envelope;
  /** '' for none */
  readonly passphrase: string;
  readonly expiresIn: ExpiresIn;
  readonly note: string;
}

/**
 * Server seal: draws the message key (K0), encrypts the secret (M0) and stores
 * only the ciphertext (M1) and verifiers, for each recipient under a key of its own. K0 leaves in the
 * link alone. null when the machine is too busy to stretch a passphrase; nothing is stored then.
 *
 * @see lib/protocol/README.md, Server seal: sealing
 */
export async function sealOnServer(
  context: Within,
  { secret, passphrase, expiresIn, note }: SecretToSeal,
  { senderId, notifyWhenOpened, recipients }: Sending = ANONYMOUS,
): Promise<readonly SealedLink[] | null> {
  const lock = passphrase === '' ? null : createPassphraseLock(await profileOf(passphrase));
  // Stretched once: it is one passphrase, and what keeps the messages apart is each one's own K0.
  const stretched =
    lock === null
      ? null
      : await context.withStretchingRoom({ kind: 'seal' }, () =>
          context.stretchPassphrase(normalizePassphrase(passphrase, lock.profile), lock),
        );
  if (lock !== null && stretched === null) return null;

  const envelope = encodeEnvelope(secret);
  const drafts = await Promise.all(
    recipients.map((recipient) => draft(recipient, envelope, stretched, lock)),
  );
  const terms = { seal: 'server', expiresIn, note, senderId, notifyWhenOpened } as const;
  const placed = await placeMessages(context, terms, drafts);
  return placed.map((message, index) => {
    const linkToken = drafts[index]?.linkTokenOf(message);
    if (linkToken === undefined) throw new Error('A message was placed that nobody drafted.');
    return linkOf(context, 'server', linkToken, message, lock);
  });
}

interface Draft extends MessageToPlace {
  readonly linkTokenOf: (placed: Pick<PlacedMessage, 'messageId' | 'epoch'>) => string;
}

async function draft(
  recipient: string,
  envelope: Uint8Array,
  stretched: StretchedPassphrase | null,
  lock: PassphraseLock | null,
): Promise<Draft> {
  const messageKey = createMessageKey();
  const keys = await deriveMessageKeys(messageKey, stretched);
  const ciphertext = await sealMessage({ seal: 'server', envelope, keys, lock });
  const linkTokenOf: Draft['linkTokenOf'] = ({ messageId, epoch }) =>
    sealServerLinkToken(epoch.keys.tokenKey, messageId, messageKey);
  return {
    recipient,
    linkTokenOf,
    make: async (messageId, epoch) => {
      const { verifierKey } = epoch.keys;
      const linkToken = linkTokenOf({ messageId, epoch });
      return {
        ciphertext,
        knockVerifier: await deriveServerLinkVerifier(verifierKey, linkToken),
        openVerifier: await deriveOpenVerifier(verifierKey, keys.openProof),
        lock,
      };
    },
  };
}

/** What a browser made of a secret under a message key (K0) of its own: nothing here opens it. */
export interface SealedCopy {
  /** M1 */
  readonly ciphertext: Uint8Array;
  readonly openProof: OpenProof;
  readonly knockProof: KnockProof;
}

export interface SealedInBrowser {
  /** One for each of the recipients, in their order. */
  readonly copies: readonly SealedCopy[];
  /** Of all the copies: it is one passphrase. */
  readonly lock: PassphraseLock | null;
  readonly expiresIn: ExpiresIn;
  readonly note: string;
}

/**
 * Browser seal: stores what the server can't read, all or none. The links it answers with
 * have no fragment; the browser appends `#` and the message key (K0), which the
 * server never sees.
 *
 * @see lib/protocol/README.md, Browser seal: sealing
 */
export async function storeBrowserSealed(
  context: Within,
  { copies, lock, expiresIn, note }: SealedInBrowser,
  { senderId, notifyWhenOpened, recipients }: Sending = ANONYMOUS,
): Promise<readonly SealedLink[]> {
  const placed = await placeMessages(
    context,
    { seal: 'browser', expiresIn, note, senderId, notifyWhenOpened },
    copies.map((copy, index): MessageToPlace => {
      const recipient = recipients[index];
      if (recipient === undefined) throw new Error('There are more copies than recipients.');
      return {
        recipient,
        make: async (_messageId, { keys }) => ({
          ciphertext: copy.ciphertext,
          openVerifier: await deriveOpenVerifier(keys.verifierKey, copy.openProof),
          knockVerifier: await deriveKnockVerifier(keys.verifierKey, copy.knockProof),
          lock,
        }),
      };
    }),
  );
  return placed.map((message) => {
    const linkToken = sealBrowserLinkToken(message.epoch.keys.tokenKey, message.messageId);
    return linkOf(context, 'browser', linkToken, message, lock);
  });
}

function linkOf(
  { appUrl }: Within,
  seal: Seal,
  linkToken: string,
  { messageId, epoch, expiresAtMs, recipient }: PlacedMessage,
  lock: PassphraseLock | null,
): SealedLink {
  return {
    link: `${appUrl}/m/${linkToken}`,
    statusLink: `${appUrl}/s/${sealStatusToken(epoch.keys.tokenKey, messageId)}`,
    expiresAt: isoTime(expiresAtMs),
    seal,
    hasPassphrase: lock !== null,
    recipient,
  };
}
