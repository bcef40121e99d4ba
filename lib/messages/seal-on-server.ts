import { sealMessage } from '@/lib/protocol/ciphertext';
import { encodeEnvelope, type Envelope } from '@/lib/protocol/envelope';
import { createMessageKey, deriveMessageKeys } from '@/lib/protocol/message-keys';
import {
  createPassphraseLock,
  normalizePassphrase,
  type PassphraseLock,
} from '@/lib/protocol/passphrase';
import { profileOf } from '@/lib/secrets/generated-words';
import { sealServerLinkToken, sealStatusToken } from '@/lib/protocol/tokens';
import { deriveServerLinkVerifier } from '@/lib/protocol/verifiers';
import type { LinkForRecipient } from './outcomes';
import { placeMessages, type MessageToPlace, type PlacedMessage } from './place-messages';
import type { ExpiresIn } from './policy';
import type { MessageDesk } from './ports';
import { ANONYMOUS, onlyRecipient, type Sending } from './sending';
import { isoTime } from './views';

export interface SecretToSeal {
  readonly secret: Envelope;
  /** '' for none */
  readonly passphrase: string;
  readonly expiresIn: ExpiresIn;
  readonly note: string;
}

/**
 * Server seal: draws the message key (K0), encrypts the secret (M0) and stores
 * only the ciphertext (M1) and link verifier (H0). K0 leaves in the link alone.
 * null when the machine is too busy to stretch a passphrase; nothing is stored then.
 *
 * @see lib/protocol/README.md, Server seal: sealing
 */
export async function sealOnServer(
  desk: MessageDesk,
  secret: SecretToSeal,
  sending: Sending = ANONYMOUS,
): Promise<LinkForRecipient | null> {
  const links = await sealForEach(desk, secret, sending, onlyRecipient(sending));
  return links?.[0] ?? null;
}

/** The same for several recipients: a message of its own for each, stored all or none. */
export function sealOnServerForEach(
  desk: MessageDesk,
  secret: SecretToSeal,
  sending: Sending,
): Promise<readonly LinkForRecipient[] | null> {
  return sealForEach(desk, secret, sending, sending.recipients);
}

async function sealForEach(
  desk: MessageDesk,
  { secret, passphrase, expiresIn, note }: SecretToSeal,
  { senderId, notifyWhenOpened }: Sending,
  recipients: readonly string[],
): Promise<readonly LinkForRecipient[] | null> {
  const lock = passphrase === '' ? null : createPassphraseLock(await profileOf(passphrase));
  // Stretched once: it is one passphrase, and what keeps the messages apart is each one's own K0.
  const stretched =
    lock === null
      ? null
      : await desk.withStretchingRoom({ kind: 'seal' }, () =>
          desk.stretchPassphrase(normalizePassphrase(passphrase, lock.profile), lock),
        );
  if (lock !== null && stretched === null) return null;

  const envelope = encodeEnvelope(secret);
  const drafts = await Promise.all(
    recipients.map((recipient) => draft(recipient, envelope, stretched, lock)),
  );
  const terms = { expiresIn, note, senderId, notifyWhenOpened };
  const placed = await placeMessages(desk, 'server', terms, drafts);
  return drafts.map(({ recipient, linkTokenOf }, index) => {
    const message = at(placed, index);
    const { keys } = message.epoch;
    return {
      link: `${desk.appUrl}/m/${linkTokenOf(message)}`,
      statusLink: `${desk.appUrl}/s/${sealStatusToken(keys.tokenKey, message.messageId)}`,
      expiresAt: isoTime(message.expiresAtMs),
      seal: 'server',
      hasPassphrase: lock !== null,
      recipient,
    };
  });
}

interface Draft extends MessageToPlace {
  readonly linkTokenOf: (placed: Pick<PlacedMessage, 'messageId' | 'epoch'>) => string;
}

async function draft(
  recipient: string,
  envelope: Uint8Array,
  stretched: Uint8Array | null,
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
      const linkToken = linkTokenOf({ messageId, epoch });
      const linkVerifier = await deriveServerLinkVerifier(epoch.keys.verifierKey, linkToken);
      return { ciphertext, linkVerifier, knockVerifier: null, lock };
    },
  };
}

function at(placed: readonly PlacedMessage[], index: number): PlacedMessage {
  const message = placed[index];
  if (message === undefined) throw new Error('A message was not placed.');
  return message;
}
