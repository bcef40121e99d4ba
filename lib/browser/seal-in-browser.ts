import { encodeBase64url } from '@/lib/protocol/base64url';
import { sealMessage } from '@/lib/protocol/ciphertext';
import { encodeEnvelope, type Envelope } from '@/lib/protocol/envelope';
import { createMessageKey, deriveKnockProof, deriveMessageKeys } from '@/lib/protocol/message-keys';
import {
  createPassphraseLock,
  normalizePassphrase,
  type PassphraseLock,
} from '@/lib/protocol/passphrase';
import { profileOf } from '@/lib/secrets/generated-words';
import { stretchInBrowser } from './stretch-passphrase';

export { formatBrowserLink } from '@/lib/protocol/link';

export interface SecretToSeal {
  readonly secret: Envelope;
  /** '' for none */
  readonly passphrase: string;
  readonly expiresIn: string;
  readonly note: string;
  /** One a line, for those who have a list; '' otherwise. */
  readonly recipients?: string;
  readonly notifyWhenOpened?: boolean;
}

export interface BrowserSealed {
  /** What the server may have: ciphertext (M1), proofs, the lock, expiry and note. */
  readonly form: FormData;
  /** K0: it goes behind the `#` of the link and nowhere else. */
  readonly messageKey: MessageKey;
}

export interface BrowserSealedForEach {
  /** As above, with a copy for each recipient. */
  readonly form: FormData;
  /** One for each recipient, in their order. */
  readonly messageKeys: readonly MessageKey[];
}

type MessageKey = ReturnType<typeof createMessageKey>;

/**
 * Browser seal: draws the message key (K0) and encrypts here. Neither K0 nor
 * the passphrase is in the form that it returns.
 *
 * @throws BrowserTrouble 'stretching_failed' | 'cancelled'
 * @see lib/protocol/README.md, Browser seal: sealing
 */
export async function sealInBrowser(
  secret: SecretToSeal,
  signal?: AbortSignal,
): Promise<BrowserSealed> {
  const passphrase = await stretch(secret.passphrase, signal);
  const { copy, messageKey } = await sealCopy(secret, passphrase);
  const form = termsOf(secret, passphrase.lock);
  for (const [name, value] of Object.entries(copy)) form.set(name, value);
  return { form, messageKey };
}

/**
 * The same for several recipients: a copy under a K0 of its own for each. The
 * passphrase is stretched once.
 */
export async function sealInBrowserForEach(
  secret: SecretToSeal,
  recipients: readonly string[],
  signal?: AbortSignal,
): Promise<BrowserSealedForEach> {
  const passphrase = await stretch(secret.passphrase, signal);
  const sealed = await Promise.all(recipients.map(() => sealCopy(secret, passphrase)));
  const form = termsOf(secret, passphrase.lock);
  form.set('copies', JSON.stringify(sealed.map(({ copy }) => copy)));
  return { form, messageKeys: sealed.map(({ messageKey }) => messageKey) };
}

interface Stretched {
  readonly lock: PassphraseLock | null;
  readonly stretched: Uint8Array | null;
}

async function stretch(passphrase: string, signal?: AbortSignal): Promise<Stretched> {
  if (passphrase === '') return { lock: null, stretched: null };
  const lock = createPassphraseLock(await profileOf(passphrase));
  const bytes = normalizePassphrase(passphrase, lock.profile);
  return { lock, stretched: await stretchInBrowser(bytes, lock, signal) };
}

async function sealCopy({ secret }: SecretToSeal, { lock, stretched }: Stretched) {
  const messageKey = createMessageKey();
  const keys = await deriveMessageKeys(messageKey, stretched);
  const ciphertext = await sealMessage({
    seal: 'browser',
    envelope: encodeEnvelope(secret),
    keys,
    lock,
  });
  const copy = {
    ciphertext: encodeBase64url(ciphertext),
    openProof: encodeBase64url(keys.openProof),
    knockProof: encodeBase64url(await deriveKnockProof(messageKey)),
  };
  return { copy, messageKey };
}

function termsOf(
  { expiresIn, note, recipients = '', notifyWhenOpened = false }: SecretToSeal,
  lock: PassphraseLock | null,
): FormData {
  const form = new FormData();
  form.set('expiresIn', expiresIn);
  form.set('note', note);
  if (recipients !== '') form.set('recipients', recipients);
  if (notifyWhenOpened) form.set('notifyWhenOpened', 'yes');
  if (lock !== null) addLock(form, lock);
  return form;
}

function addLock(form: FormData, lock: PassphraseLock): void {
  form.set('salt', encodeBase64url(lock.salt));
  form.set('memoryKiB', String(lock.memoryKiB));
  form.set('passes', String(lock.passes));
  form.set('lanes', String(lock.lanes));
  form.set('profile', lock.profile);
}
