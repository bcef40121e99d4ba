import type { PassphraseLock } from '@/lib/protocol/passphrase';
import { sealBrowserLinkToken, sealStatusToken } from '@/lib/protocol/tokens';
import { deriveKnockVerifier, deriveOpenVerifier } from '@/lib/protocol/verifiers';
import type { SealedLink } from './outcomes';
import { placeMessage } from './place-message';
import type { ExpiresIn } from './policy';
import type { MessageDesk } from './ports';
import { isoTime } from './views';

/** What a browser hands over: nothing here opens the message. */
export interface BrowserSealedMessage {
  /** M1 */
  readonly ciphertext: Uint8Array;
  /** 32 bytes */
  readonly openProof: Uint8Array;
  /** 32 bytes */
  readonly knockProof: Uint8Array;
  readonly lock: PassphraseLock | null;
  readonly expiresIn: ExpiresIn;
  readonly note: string;
}

/**
 * Browser seal: stores what the server can't read. The link it answers with
 * has no fragment; the browser appends `#` and the message key (K0), which the
 * server never sees.
 *
 * @see lib/protocol/README.md, Browser seal: sealing
 */
export async function storeBrowserSealed(
  desk: MessageDesk,
  { ciphertext, openProof, knockProof, lock, expiresIn, note }: BrowserSealedMessage,
): Promise<SealedLink> {
  const { messageId, epoch, expiresAtMs } = await placeMessage(
    desk,
    { seal: 'browser', expiresIn, note },
    async (_messageId, { keys }) => ({
      ciphertext,
      linkVerifier: await deriveOpenVerifier(keys.verifierKey, openProof),
      knockVerifier: await deriveKnockVerifier(keys.verifierKey, knockProof),
      lock,
    }),
  );
  return {
    link: `${desk.appUrl}/m/${sealBrowserLinkToken(epoch.keys.tokenKey, messageId)}`,
    statusLink: `${desk.appUrl}/s/${sealStatusToken(epoch.keys.tokenKey, messageId)}`,
    expiresAt: isoTime(expiresAtMs),
    seal: 'browser',
    hasPassphrase: lock !== null,
  };
}
