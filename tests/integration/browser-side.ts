/** What a browser does with a browser-sealed message, by the specification alone. */
import { claimBrowserSealed, knock } from '@/lib/sealed/open';
import type { ClaimResult, KnockResult, SealedLink } from '@/lib/sealed/outcomes';
import type { Context } from '@/lib/server/context';
import { storeBrowserSealed } from '@/lib/sealed/seal';
import { decodeBase64url, type MessageKey } from '@/lib/protocol/bytes';
import { openMessage, sealMessage } from '@/lib/protocol/ciphertext';
import { decodeEnvelope, encodeTextEnvelope } from '@/lib/protocol/envelope';
import { createMessageKey, deriveKnockProof, deriveMessageKeys } from '@/lib/protocol/keys';
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
  desk: Context,
  { secret = 'the secret', passphrase = '' } = {},
): Promise<BrowserSealed> {
  const messageKey = createMessageKey();
  const lock = passphrase === '' ? null : createPassphraseLock(await profileOf(passphrase));
  const keys = await deriveMessageKeys(messageKey, await stretch(desk, passphrase, lock));
  const copy = {
    ciphertext: await sealMessage({
      seal: 'browser',
      envelope: encodeTextEnvelope(secret),
      keys,
      lock,
    }),
    openProof: keys.openProof,
    knockProof: await deriveKnockProof(messageKey),
  };
  const stored = { copies: [copy], lock, expiresIn: '1h', note: '' } as const;
  const [sealed] = await storeBrowserSealed(desk, stored);
  if (sealed === undefined) throw new Error('The message was not placed.');
  return { sealed, token: tokenOf(sealed.link), messageKey, lock };
}

export async function claimInBrowser(
  desk: Context,
  { token, messageKey, lock }: Omit<BrowserSealed, 'sealed'>,
  { passphrase = '', nonce = newNonce() } = {},
): Promise<ClaimResult> {
  const keys = await deriveMessageKeys(messageKey, await stretch(desk, passphrase, lock));
  const knockProof = await deriveKnockProof(messageKey);
  return claimBrowserSealed(desk, { token, knockProof, openProof: keys.openProof, nonce });
}

export async function knockInBrowser(
  desk: Context,
  { token, messageKey }: Pick<BrowserSealed, 'token' | 'messageKey'>,
  nonce?: string,
): Promise<KnockResult> {
  return knock(desk, { token, knockProof: await deriveKnockProof(messageKey), nonce });
}

/** The text of a claimed answer. */
export async function decryptInBrowser(
  desk: Context,
  { messageKey, lock }: Pick<BrowserSealed, 'messageKey' | 'lock'>,
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

function stretch(desk: Context, passphrase: string, lock: PassphraseLock | null) {
  return lock === null
    ? Promise.resolve(null)
    : desk.stretchPassphrase(normalizePassphrase(passphrase, lock.profile), lock);
}
