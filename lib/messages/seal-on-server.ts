import { sealMessage } from '@/lib/protocol/ciphertext';
import { encodeEnvelope, type Envelope } from '@/lib/protocol/envelope';
import { createMessageKey, deriveMessageKeys } from '@/lib/protocol/message-keys';
import { createPassphraseLock, normalizePassphrase } from '@/lib/protocol/passphrase';
import { sealServerLinkToken, sealStatusToken } from '@/lib/protocol/tokens';
import { deriveServerLinkVerifier } from '@/lib/protocol/verifiers';
import type { SealedLink } from './outcomes';
import { placeMessage } from './place-message';
import type { ExpiresIn } from './policy';
import type { MessageDesk } from './ports';
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
  { secret, passphrase, expiresIn, note }: SecretToSeal,
): Promise<SealedLink | null> {
  const messageKey = createMessageKey();
  const lock = passphrase === '' ? null : createPassphraseLock();
  const stretched =
    lock === null
      ? null
      : await desk.withStretchingRoom(() =>
          desk.stretchPassphrase(normalizePassphrase(passphrase), lock),
        );
  if (lock !== null && stretched === null) return null;

  const keys = await deriveMessageKeys(messageKey, stretched);
  const ciphertext = await sealMessage({
    seal: 'server',
    envelope: encodeEnvelope(secret),
    keys,
    lock,
  });

  let linkToken = '';
  const placed = await placeMessage(
    desk,
    { seal: 'server', expiresIn, note },
    async (messageId, epoch) => {
      linkToken = sealServerLinkToken(epoch.keys.tokenKey, messageId, messageKey);
      const linkVerifier = await deriveServerLinkVerifier(epoch.keys.verifierKey, linkToken);
      return { ciphertext, linkVerifier, knockVerifier: null, lock };
    },
  );
  return {
    link: `${desk.appUrl}/m/${linkToken}`,
    statusLink: `${desk.appUrl}/s/${sealStatusToken(placed.epoch.keys.tokenKey, placed.messageId)}`,
    expiresAt: isoTime(placed.expiresAtMs),
    seal: 'server',
    hasPassphrase: lock !== null,
  };
}
