/** What a browser does with a browser-sealed message, by the specification alone. */
import { claimBrowserSealed } from '@/lib/messages/claim-browser-sealed';
import { knock } from '@/lib/messages/knock';
import type { ClaimResult, KnockResult, SealedLink } from '@/lib/messages/outcomes';
import type { MessageDesk } from '@/lib/messages/ports';
import { storeBrowserSealed } from '@/lib/messages/store-browser-sealed';
import { decodeBase64url } from '@/lib/protocol/base64url';
import type { MessageKey } from '@/lib/protocol/bytes';
import { openMessage, sealMessage } from '@/lib/protocol/ciphertext';
import { decodeEnvelope, encodeTextEnvelope } from '@/lib/protocol/envelope';
import { createMessageKey, deriveKnockProof, deriveMessageKeys } from '@/lib/protocol/message-keys';
import {
  createPassphraseLock,
  normalizePassphrase,
  type PassphraseLock,
} from '@/lib/protocol/passphrase';
import { profileOf } from '@/lib/secrets/generated-words';
import { textOf } from '@/tests/support/envelopes';
import { newNonce, tokenOf } from './desk';

export interface BrowserSealed {
  readonly sealed: SealedLink;
  readonly token: string;
  readonly messageKey: MessageKey;
  readonly lock: PassphraseLock | null;
}

export async function sealInBrowser(
  desk: MessageDesk,
  { secret = 'the secret', passphrase = '' } = {},
): Promise<BrowserSealed> {
  const messageKey = createMessageKey();
  const lock = passphrase === '' ? null : createPassphraseLock(await profileOf(passphrase));
  const keys = await deriveMessageKeys(messageKey, await stretch(desk, passphrase, lock));
  const sealed = await storeBrowserSealed(desk, {
    ciphertext: await sealMessage({
      seal: 'browser',
      envelope: encodeTextEnvelope(secret),
      keys,
      lock,
    }),
    openProof: keys.openProof,
    knockProof: await deriveKnockProof(messageKey),
    lock,
    expiresIn: '1h',
    note: '',
  });
  return { sealed, token: tokenOf(sealed.link), messageKey, lock };
}

export async function claimInBrowser(
  desk: MessageDesk,
  { token, messageKey, lock }: BrowserSealed,
  { passphrase = '', nonce = newNonce() } = {},
): Promise<ClaimResult> {
  const keys = await deriveMessageKeys(messageKey, await stretch(desk, passphrase, lock));
  const knockProof = await deriveKnockProof(messageKey);
  return claimBrowserSealed(desk, { token, knockProof, openProof: keys.openProof, nonce });
}

export async function knockInBrowser(
  desk: MessageDesk,
  { token, messageKey }: Pick<BrowserSealed, 'token' | 'messageKey'>,
  nonce: string | null = null,
): Promise<KnockResult> {
  return knock(desk, { token, knockProof: await deriveKnockProof(messageKey), nonce });
}

/** The text of a claimed answer. */
export async function decryptInBrowser(
  desk: MessageDesk,
  { messageKey, lock }: BrowserSealed,
  ciphertext: string,
  passphrase = '',
): Promise<string> {
  const keys = await deriveMessageKeys(messageKey, await stretch(desk, passphrase, lock));
  const envelope = await openMessage({
    seal: 'browser',
    ciphertext: decodeBase64url(ciphertext),
    keys,
    lock,
  });
  return textOf(decodeEnvelope(envelope));
}

function stretch(desk: MessageDesk, passphrase: string, lock: PassphraseLock | null) {
  return lock === null
    ? Promise.resolve(null)
    : desk.stretchPassphrase(normalizePassphrase(passphrase, lock.profile), lock);
}
