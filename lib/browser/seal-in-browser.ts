import type { SealedLink } from '@/lib/sealed/outcomes';
import { readRecipients } from '@/lib/sealed/recipients';
import { encodeBase64url, type MessageKey, type StretchedPassphrase } from '@/lib/protocol/bytes';
import { sealMessage } from '@/lib/protocol/ciphertext';
import { encodeEnvelope } from '@/lib/protocol/envelope';
import { createMessageKey, deriveKnockProof, deriveMessageKeys } from '@/lib/protocol/keys';
import { formatBrowserLink } from '@/lib/protocol/link';
import {
  createPassphraseLock,
  normalizePassphrase,
  type PassphraseLock,
} from '@/lib/protocol/passphrase';
import { profileOf } from '@/lib/secrets/generated-words';
import { formOfTerms, type SecretToSend } from './check-compose';
import { stretchInBrowser } from './stretch-passphrase';

export interface BrowserSealed {
  /** What the server may have: a copy for each recipient, the lock, expiry and note. */
  readonly form: FormData;
  /** K0 of each copy: it goes behind the `#` of that recipient's link and nowhere else. */
  readonly messageKeys: readonly MessageKey[];
}

/** A ciphertext (M1) and what proves its link and its key, base64url. */
type SealedCopy = Readonly<Record<'ciphertext' | 'openProof' | 'knockProof', string>>;

/**
 * Browser seal: draws a message key (K0) for each recipient and encrypts a copy for each here. Neither
 * a K0 nor the passphrase, which is stretched once, is in the form that it returns.
 *
 * @throws BrowserTrouble 'stretching_failed' | 'cancelled'
 * @see lib/protocol/README.md, Browser seal: sealing
 */
export async function sealInBrowser(
  secret: SecretToSend,
  signal?: AbortSignal,
): Promise<BrowserSealed> {
  const passphrase = await stretch(secret.passphrase, signal);
  // Without a name it is for one recipient all the same.
  const length = Math.max(1, readRecipients(secret.recipients).length);
  const sealed = await Promise.all(Array.from({ length }, () => sealCopy(secret, passphrase)));
  const form = formOfTerms(secret);
  if (passphrase.lock !== null) addLock(form, passphrase.lock);
  // A form carries single strings only: the copies travel as JSON in one of them.
  form.set('copies', JSON.stringify(sealed.map(({ copy }) => copy)));
  return { form, messageKeys: sealed.map(({ messageKey }) => messageKey) };
}

/** The links as the server made them, in the order of the copies, each with its K0 behind the `#`. */
export function withMessageKeys(
  links: readonly SealedLink[],
  messageKeys: readonly MessageKey[],
): readonly SealedLink[] {
  return messageKeys.map((messageKey, index) => {
    const stored = links[index];
    if (stored === undefined || links.length !== messageKeys.length) {
      throw new Error('The server stored something else than it was given.');
    }
    return { ...stored, link: formatBrowserLink(stored.link, messageKey) };
  });
}

interface Stretched {
  readonly lock: PassphraseLock | null;
  readonly stretched: StretchedPassphrase | null;
}

async function stretch(passphrase: string, signal?: AbortSignal): Promise<Stretched> {
  if (passphrase === '') return { lock: null, stretched: null };
  const lock = createPassphraseLock(await profileOf(passphrase));
  const bytes = normalizePassphrase(passphrase, lock.profile);
  return { lock, stretched: await stretchInBrowser(bytes, lock, signal) };
}

async function sealCopy(
  { secret }: SecretToSend,
  { lock, stretched }: Stretched,
): Promise<{ readonly copy: SealedCopy; readonly messageKey: MessageKey }> {
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

function addLock(form: FormData, lock: PassphraseLock): void {
  form.set('salt', encodeBase64url(lock.salt));
  form.set('memoryKiB', String(lock.memoryKiB));
  form.set('passes', String(lock.passes));
  form.set('lanes', String(lock.lanes));
  form.set('profile', lock.profile);
}
