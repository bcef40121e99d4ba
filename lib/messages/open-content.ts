import { unwrapAtRest } from '@/lib/protocol/at-rest';
import { openMessage } from '@/lib/protocol/ciphertext';
import { decodeEnvelope, type Envelope } from '@/lib/protocol/envelope';
import { ProtocolError } from '@/lib/protocol/errors';
import { deriveMessageKeys } from '@/lib/protocol/message-keys';
import type { MessageKey } from '@/lib/protocol/bytes';
import type { LocatedToken } from './locate-message';
import type { Seal } from './outcomes';
import type { MessageRecord, SealedContent } from './ports';

/**
 * Takes the at-rest wrapping off M1. Fails for a row whose ciphertext, lock,
 * expiry, seal or verifiers are not the ones it was stored with.
 * @throws ProtocolError
 */
export async function unwrapContent(
  located: Pick<LocatedToken<'serverSeal' | 'browserSeal'>, 'opened' | 'epoch'>,
  seal: Seal,
  record: MessageRecord,
  content: SealedContent,
): Promise<Uint8Array> {
  return unwrapAtRest(located.epoch.keys.atRestKey, content.wrappedCiphertext, {
    messageId: located.opened.messageId,
    seal,
    expiresAtMs: BigInt(record.expiresAtMs),
    lock: content.lock,
    linkVerifier: content.linkVerifier,
    knockVerifier: content.knockVerifier,
  });
}

/** Decrypts an unwrapped, server-sealed M1 to what was sealed (M0). @throws ProtocolError */
export async function openSecret(
  ciphertext: Uint8Array,
  messageKey: MessageKey,
  stretchedPassphrase: Uint8Array | null,
  content: SealedContent,
): Promise<Envelope> {
  const keys = await deriveMessageKeys(messageKey, stretchedPassphrase);
  const envelope = await openMessage({ seal: 'server', ciphertext, keys, lock: content.lock });
  return decodeEnvelope(envelope);
}

/** The value of `work`, or null where the protocol refused. Anything else is a bug and throws. */
export async function unlessRefused<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
