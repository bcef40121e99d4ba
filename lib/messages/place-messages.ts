import { wrapAtRest } from '@/lib/protocol/at-rest';
import type { MessageId } from '@/lib/protocol/bytes';
import type { PassphraseLock } from '@/lib/protocol/passphrase';
import { createMessageId, messageIdToBigInt } from './message-id';
import type { Seal } from './outcomes';
import { EXPIRIES, type ExpiresIn } from './policy';
import type { Epoch, MessageDesk, NewMessage } from './ports';

/** What the maker of a message hands over once its id and epoch are drawn. */
export interface MadeMessage {
  readonly ciphertext: Uint8Array;
  readonly linkVerifier: Uint8Array;
  readonly knockVerifier: Uint8Array | null;
  readonly lock: PassphraseLock | null;
}

/** One message that is to be made. */
export interface MessageToPlace {
  /** What the sender calls the one it is for; '' if nothing. */
  readonly recipient: string;
  readonly make: (messageId: MessageId, epoch: Epoch) => Promise<MadeMessage>;
}

/** What the messages of one go have in common. */
export interface SendingTerms {
  readonly expiresIn: ExpiresIn;
  readonly note: string;
  /** UUID of the account in whose list they stand; null for a sender without one. */
  readonly senderId: string | null;
  readonly notifyWhenOpened: boolean;
}

export interface PlacedMessage {
  readonly messageId: MessageId;
  readonly epoch: Epoch;
  readonly expiresAtMs: number;
}

const MAX_ATTEMPTS = 4;

/**
 * Draws ids, wraps the ciphertexts (M1) at rest and stores them, in one
 * statement: all or none. The wrapping binds the expiry, so the expiry must be
 * known before the rows are written, and only the database's clock counts: the
 * statement stores nothing when this process was wrong about that clock, says
 * what it shows, and the messages are wrapped again.
 *
 * @returns one for each, in their order
 * @throws whatever the store throws; then nothing was stored and no link may be shown
 */
export async function placeMessages(
  desk: MessageDesk,
  seal: Seal,
  terms: SendingTerms,
  toPlace: readonly MessageToPlace[],
): Promise<readonly PlacedMessage[]> {
  const lifetime = EXPIRIES[terms.expiresIn];
  const batchId = toPlace.length > 1 ? crypto.randomUUID() : null;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const expiresAtMs = desk.clock.nowMs() + lifetime * 1000;
    const epoch = await desk.keyring.sealingEpoch(expiresAtMs, lifetime);
    const messages = await Promise.all(
      withIds(toPlace).map(async ([messageId, { recipient, make }]) => {
        const wrapped = await wrap(seal, messageId, epoch, expiresAtMs, make);
        const { note, senderId, notifyWhenOpened } = terms;
        return { messageId, ...wrapped, note, senderId, recipient, batchId, notifyWhenOpened };
      }),
    );
    const { stored, databaseNowMs } = await desk.store.insert(messages, { lifetime, expiresAtMs });
    if (stored) return messages.map(({ messageId }) => ({ messageId, epoch, expiresAtMs }));
    desk.clock.learn(databaseNowMs);
  }
  throw new Error('The database refused a new message several times in a row.');
}

/**
 * Lists are sorted by time and then by id, the highest first. What is made in one go has one time, so
 * its ids are handed out in that order, and it stands in a list as it was entered.
 */
function withIds(
  toPlace: readonly MessageToPlace[],
): readonly (readonly [messageId: MessageId, message: MessageToPlace])[] {
  const drawn = toPlace.map((message) => ({ messageId: createMessageId(), message }));
  const ids = drawn.map(({ messageId }) => messageId).sort(highestFirst);
  return drawn.map(({ messageId, message }, index) => [ids[index] ?? messageId, message]);
}

function highestFirst(one: MessageId, other: MessageId): number {
  return messageIdToBigInt(one) < messageIdToBigInt(other) ? 1 : -1;
}

async function wrap(
  seal: Seal,
  messageId: MessageId,
  epoch: Epoch,
  expiresAtMs: number,
  make: MessageToPlace['make'],
): Promise<Omit<NewMessage, 'note' | 'senderId' | 'recipient' | 'batchId' | 'notifyWhenOpened'>> {
  const { ciphertext, linkVerifier, knockVerifier, lock } = await make(messageId, epoch);
  const wrappedCiphertext = await wrapAtRest(epoch.keys.atRestKey, ciphertext, {
    messageId,
    seal,
    expiresAtMs: BigInt(expiresAtMs),
    lock,
    linkVerifier,
    knockVerifier,
  });
  const id = messageIdToBigInt(messageId);
  return { id, epoch: epoch.id, seal, wrappedCiphertext, linkVerifier, knockVerifier, lock };
}
