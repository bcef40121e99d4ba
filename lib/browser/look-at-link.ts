/**
 * What the page of a browser-sealed link does by itself: reads its own
 * address, remembers what this tab did before, and knocks. Changes nothing.
 */
import type { KnockResult } from '@/lib/messages/outcomes';
import { canEncryptHere } from './browser-crypto';
import { readAddress, type BrowserLink } from './browser-link';
import { recallClaim, rememberClaim } from './claim-memory';
import { dropKey } from './hold-claim';
import { knockWithLink } from './open-in-browser';
import { ownAddress } from './own-address';

export type LinkLook =
  | {
      readonly kind: 'answered';
      readonly link: BrowserLink;
      readonly answer: KnockResult;
      /** It was shown in this tab, which may show it again until then, by this device's clock; or null. */
      readonly heldUntil: number | null;
    }
  | { readonly kind: 'shownBefore'; readonly openedAt: string }
  | { readonly kind: 'keyless' }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'needsHttps' }
  /** The page is being left for the address it should have had. */
  | { readonly kind: 'leaving' };

/** @throws BrowserTrouble if the server can't be asked */
export async function lookAtLink(ask: (form: FormData) => Promise<KnockResult>): Promise<LinkLook> {
  if (!canEncryptHere()) return { kind: 'needsHttps' };
  const address = readAddress(location);
  switch (address.kind) {
    case 'incomplete':
    case 'unreadable':
      return { kind: address.kind };
    case 'rewritten': {
      const proper = ownAddress(address.address);
      if (proper === null) return { kind: 'unreadable' };
      location.replace(proper);
      return { kind: 'leaving' };
    }
    case 'keyless': {
      const memory = await recallClaim(address.linkToken);
      return memory?.state === 'shown'
        ? { kind: 'shownBefore', openedAt: memory.openedAt }
        : { kind: 'keyless' };
    }
    case 'complete':
      return knock(ask, address.link);
  }
}

async function knock(
  ask: (form: FormData) => Promise<KnockResult>,
  link: BrowserLink,
): Promise<LinkLook> {
  const memory = await recallClaim(link.linkToken);
  const nonce = memory === null || memory.state === 'shown' ? null : memory.nonce;
  const answer = await knockWithLink(ask, link, nonce);
  const wasShown = answer.status === 'ended' && answer.ending.kind === 'opened';
  if (wasShown && memory !== null && memory.state !== 'claiming') {
    await rememberClaim(link.linkToken, { state: 'shown', openedAt: memory.openedAt });
    dropKey();
    return { kind: 'shownBefore', openedAt: memory.openedAt };
  }
  return {
    kind: 'answered',
    link,
    answer,
    heldUntil: memory?.state === 'held' ? memory.until : null,
  };
}
