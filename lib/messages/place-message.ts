import { wrapAtRest } from '@/lib/protocol/at-rest';
import type { MessageId } from '@/lib/protocol/bytes';
import type { PassphraseLock } from '@/lib/protocol/passphrase';
import { createMessageId, messageIdToBigInt } from './message-id';
import type { Seal } from './outcomes';
import { EXPIRIES, type ExpiresIn } from './policy';
import type { Epoch, MessageDesk } from './ports';

/** What the maker of a message hands over once its id and epoch are drawn. */
export interface MadeMessage {
  readonly ciphertext: Uint8Array;
  readonly linkVerifier: Uint8Array;
  readonly knockVerifier: Uint8Array | null;
  readonly lock: PassphraseLock | null;
}

export interface PlacedMessage {
  readonly messageId: MessageId;
  readonly epoch: Epoch;
  readonly expiresAtMs: number;
}

const MAX_ATTEMPTS = 4;

/**
 * Draws an id, wraps the ciphertext (M1) at rest and stores it, in one
 * statement. The wrapping binds the expiry, so the expiry must be known before
 * the row is written, and only the database's clock counts: the statement
 * stores nothing when this process was wrong about that clock, says what it
 * shows, and the message is wrapped again.
 *
 * @throws whatever the store throws; then nothing was stored and no link may be shown
 */
export async function placeMessage(
  desk: MessageDesk,
  message: { seal: Seal; expiresIn: ExpiresIn; note: string },
  make: (messageId: MessageId, epoch: Epoch) => Promise<MadeMessage>,
): Promise<PlacedMessage> {
  const lifetime = EXPIRIES[message.expiresIn];
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const expiresAtMs = desk.clock.nowMs() + lifetime * 1000;
    const epoch = await desk.keyring.sealingEpoch(expiresAtMs);
    const messageId = createMessageId();
    const made = await make(messageId, epoch);
    const wrappedCiphertext = await wrapAtRest(epoch.keys.atRestKey, made.ciphertext, {
      messageId,
      seal: message.seal,
      expiresAtMs: BigInt(expiresAtMs),
      lock: made.lock,
      linkVerifier: made.linkVerifier,
      knockVerifier: made.knockVerifier,
    });
    const { stored, databaseNowMs } = await desk.store.insert({
      id: messageIdToBigInt(messageId),
      epoch: epoch.id,
      seal: message.seal,
      wrappedCiphertext,
      linkVerifier: made.linkVerifier,
      knockVerifier: made.knockVerifier,
      lock: made.lock,
      note: message.note,
      lifetime,
      expiresAtMs,
    });
    if (stored) return { messageId, epoch, expiresAtMs };
    desk.clock.learn(databaseNowMs);
  }
  throw new Error('The database refused a new message several times in a row.');
}
