/**
 * Opening a browser-sealed message: knock, claim, decrypt. The message key
 * (K0) and the passphrase stay here; the server gets proofs made of them.
 *
 * @see lib/protocol/README.md, Browser seal: opening
 */
import type { ClaimResult, KnockResult, PassphraseLockView } from '@/lib/messages/outcomes';
import { decodeBase64url, encodeBase64url } from '@/lib/protocol/base64url';
import { openMessage } from '@/lib/protocol/ciphertext';
import { decodeEnvelope, type Envelope } from '@/lib/protocol/envelope';
import { deriveKnockProof, deriveMessageKeys } from '@/lib/protocol/message-keys';
import {
  checkPassphraseLock,
  normalizePassphrase,
  type PassphraseLock,
} from '@/lib/protocol/passphrase';
import { askAgain, askToClaim } from './ask-again';
import { BrowserTrouble } from './browser-trouble';
import type { BrowserLink } from './browser-link';
import { beginClaim, createNonce, forgetClaim } from './claim-memory';
import { stretchInBrowser } from './stretch-passphrase';

type Ask<Result> = (form: FormData) => Promise<Result>;

async function proveLink({ linkToken, messageKey }: BrowserLink): Promise<FormData> {
  const form = new FormData();
  form.set('token', linkToken);
  form.set('knockProof', encodeBase64url(await deriveKnockProof(messageKey)));
  return form;
}

/**
 * Asks what there is to open. Changes nothing.
 *
 * @param nonce of a claim that this tab made before, to learn whether it may be repeated
 * @throws BrowserTrouble
 */
export async function knockWithLink(
  ask: Ask<KnockResult>,
  link: BrowserLink,
  nonce: string | null,
): Promise<KnockResult> {
  const form = await proveLink(link);
  if (nonce !== null) form.set('nonce', nonce);
  return askAgain('knock', () => ask(form));
}

/** Destroys the message unread. @throws BrowserTrouble */
export async function destroyWithLink(
  ask: Ask<KnockResult>,
  link: BrowserLink,
): Promise<KnockResult> {
  const form = await proveLink(link);
  return askAgain('destroyBrowserSealed', () => ask(form));
}

export interface OpeningOrder {
  readonly link: BrowserLink;
  readonly lock: PassphraseLockView | null;
  /** '' for none */
  readonly passphrase: string;
  readonly signal: AbortSignal;
  /** Called when the passphrase is ready and only the server is waited for. */
  readonly onStretched: () => void;
}

export type Opening =
  | {
      readonly status: 'opened';
      readonly secret: Envelope;
      readonly openedAt: string;
      /** What it was claimed by, to acknowledge it. */
      readonly nonce: string;
    }
  | Exclude<ClaimResult, { status: 'claimed' }>;

/**
 * Claims the message and decrypts it. Asking again with the same nonce is
 * safe: only the first claim counts, and its holder gets the same bytes again.
 *
 * @throws BrowserTrouble; 'unreadable' if what came is not what the link promises
 */
export async function openWithLink(
  ask: Ask<ClaimResult>,
  { link, lock: lockView, passphrase, signal, onStretched }: OpeningOrder,
): Promise<Opening> {
  const lock = lockView === null ? null : readLock(lockView);
  const stretched =
    lock === null
      ? null
      : await stretchInBrowser(normalizePassphrase(passphrase, lock.profile), lock, signal);
  const keys = await deriveMessageKeys(link.messageKey, stretched);
  onStretched();

  const nonce = await beginClaim(link.linkToken, createNonce(), lock !== null);
  const form = await proveLink(link);
  form.set('openProof', encodeBase64url(keys.openProof));
  form.set('nonce', nonce);
  const claim = await askToClaim('claimBrowserSealed', () => ask(form), lock !== null);
  if (claim.status === 'ended') await forgetClaim(link.linkToken);
  if (claim.status !== 'claimed') return claim;

  try {
    const ciphertext = decodeBase64url(claim.ciphertext);
    const envelope = await openMessage({ seal: 'browser', ciphertext, keys, lock });
    const secret = decodeEnvelope(envelope);
    return { status: 'opened', secret, openedAt: claim.openedAt, nonce };
  } catch (cause) {
    throw new BrowserTrouble('unreadable', { cause });
  }
}

/** The lock as the server told it: refused unless its cost is exactly the protocol's. */
function readLock(view: PassphraseLockView): PassphraseLock {
  try {
    return checkPassphraseLock({ ...view, salt: decodeBase64url(view.salt) });
  } catch (cause) {
    throw new BrowserTrouble('unreadable', { cause });
  }
}
