import { encodeBase64url } from '@/lib/protocol/base64url';
import { sealMessage } from '@/lib/protocol/ciphertext';
import { encodeEnvelope, type Envelope } from '@/lib/protocol/envelope';
import { createMessageKey, deriveKnockProof, deriveMessageKeys } from '@/lib/protocol/message-keys';
import {
  createPassphraseLock,
  normalizePassphrase,
  type PassphraseLock,
} from '@/lib/protocol/passphrase';
import { stretchInBrowser } from './stretch-passphrase';

export { formatBrowserLink } from '@/lib/protocol/link';

export interface SecretToSeal {
  readonly secret: Envelope;
  /** '' for none */
  readonly passphrase: string;
  readonly expiresIn: string;
  readonly note: string;
}

export interface BrowserSealed {
  /** What the server may have: ciphertext (M1), proofs, the lock, expiry and note. */
  readonly form: FormData;
  /** K0: it goes behind the `#` of the link and nowhere else. */
  readonly messageKey: ReturnType<typeof createMessageKey>;
}

/**
 * Browser seal: draws the message key (K0) and encrypts here. Neither K0 nor
 * the passphrase is in the form that it returns.
 *
 * @throws BrowserTrouble 'stretching_failed' | 'cancelled'
 * @see lib/protocol/README.md, Browser seal: sealing
 */
export async function sealInBrowser(
  { secret, passphrase, expiresIn, note }: SecretToSeal,
  signal?: AbortSignal,
): Promise<BrowserSealed> {
  const messageKey = createMessageKey();
  const lock = passphrase === '' ? null : createPassphraseLock();
  const stretched =
    lock === null ? null : await stretchInBrowser(normalizePassphrase(passphrase), lock, signal);
  const keys = await deriveMessageKeys(messageKey, stretched);
  const ciphertext = await sealMessage({
    seal: 'browser',
    envelope: encodeEnvelope(secret),
    keys,
    lock,
  });

  const form = new FormData();
  form.set('ciphertext', encodeBase64url(ciphertext));
  form.set('openProof', encodeBase64url(keys.openProof));
  form.set('knockProof', encodeBase64url(await deriveKnockProof(messageKey)));
  form.set('expiresIn', expiresIn);
  form.set('note', note);
  if (lock !== null) addLock(form, lock);
  return { form, messageKey };
}

function addLock(form: FormData, lock: PassphraseLock): void {
  form.set('salt', encodeBase64url(lock.salt));
  form.set('memoryKiB', String(lock.memoryKiB));
  form.set('passes', String(lock.passes));
  form.set('lanes', String(lock.lanes));
}
