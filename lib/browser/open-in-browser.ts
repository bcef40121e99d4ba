/**
 * Opening a browser-sealed message: look, knock, claim, decrypt. The message key
 * (K0) and the passphrase stay here; the server gets proofs made of them.
 *
 * @see lib/protocol/README.md, Browser seal: opening
 */
import type { ClaimResult, KnockResult, PassphraseLockView } from '@/lib/sealed/outcomes';
import { decodeBase64url, encodeBase64url } from '@/lib/protocol/bytes';
import { openMessage } from '@/lib/protocol/ciphertext';
import { decodeEnvelope, type Envelope } from '@/lib/protocol/envelope';
import { deriveKnockProof, deriveMessageKeys } from '@/lib/protocol/keys';
import {
  checkPassphraseLock,
  normalizePassphrase,
  type PassphraseLock,
} from '@/lib/protocol/passphrase';
import { askAgain, askToClaim } from './ask-server';
import { dropKey, readAddress, type BrowserLink } from './browser-link';
import { BrowserTrouble, canEncryptHere } from './browser-trouble';
import { beginClaim, createNonce, forgetClaim, recallClaim, rememberClaim } from './claim-memory';
import { ownAddress } from './leave-page';
import { stretchInBrowser } from './stretch-passphrase';

type Ask<Result> = (form: FormData) => Promise<Result>;

/** What the open page shows where there is no answer to show. */
export type LinkView =
  /** Not known yet, or the page is being left for the address that it should have had. */
  | { readonly view: 'looking' }
  | { readonly view: 'shownBefore'; readonly openedAt: string }
  /** Everything but the key is there. */
  | { readonly view: 'keyless' }
  /** Part of the link is missing, and it may not be its key alone. */
  | { readonly view: 'incomplete' }
  | { readonly view: 'unknown' }
  | { readonly view: 'needsHttps' };

/** What there is to open, as the server answers a proof of the link. */
export interface LinkAnswer {
  readonly link: BrowserLink;
  readonly answer: KnockResult;
  /** It was shown in this tab, which may show it again until then, by this device's clock; or null. */
  readonly heldUntil: number | null;
}

/**
 * What the page of a browser-sealed link does by itself: reads its own address, recalls what this tab
 * did before, and knocks. Changes nothing.
 *
 * @throws BrowserTrouble if the server can't be asked
 */
export async function lookAtLink(ask: Ask<KnockResult>): Promise<LinkView | LinkAnswer> {
  if (!canEncryptHere()) return { view: 'needsHttps' };
  const address = readAddress(location);
  switch (address.kind) {
    case 'incomplete':
      return { view: 'incomplete' };
    case 'unreadable':
      return { view: 'unknown' };
    case 'rewritten': {
      const proper = ownAddress(address.address);
      if (proper === null) return { view: 'unknown' };
      location.replace(proper);
      return { view: 'looking' };
    }
    case 'keyless': {
      const memory = await recallClaim(address.linkToken);
      return memory?.state === 'shown'
        ? { view: 'shownBefore', openedAt: memory.openedAt }
        : { view: 'keyless' };
    }
    case 'complete':
      return lookAtMessage(ask, address.link);
  }
}

async function lookAtMessage(
  ask: Ask<KnockResult>,
  link: BrowserLink,
): Promise<LinkView | LinkAnswer> {
  const memory = await recallClaim(link.linkToken);
  const nonce = memory === null || memory.state === 'shown' ? null : memory.nonce;
  const answer = await knockWithLink(ask, link, nonce);
  const wasShown = answer.status === 'ended' && answer.ending.kind === 'opened';
  if (wasShown && memory !== null && memory.state !== 'claiming') {
    const { openedAt } = memory;
    await rememberClaim(link.linkToken, { state: 'shown', openedAt });
    dropKey();
    return { view: 'shownBefore', openedAt };
  }
  return { link, answer, heldUntil: memory?.state === 'held' ? memory.until : null };
}

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
