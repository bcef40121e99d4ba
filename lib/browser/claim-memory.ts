/**
 * Remembers in this tab by which nonce a message was claimed, so that a reload
 * or a lost answer gets the same message again while its lease lasts. What is
 * kept can't open anything: the nonce is worth nothing without the link, and
 * the name it is kept under is a hash that does not lead back to the link.
 */
import { encodeBase64url } from '@/lib/protocol/base64url';
import { CLAIM_NONCE_BYTES } from '@/lib/protocol/constants';
import { canEncryptHere } from './browser-crypto';

const NAME_CHARACTERS = 16;

export type ClaimMemory =
  /** Claimed, or about to be; no answer has been shown yet. */
  | { readonly state: 'claiming'; readonly nonce: string; readonly needsPassphrase: boolean }
  /** Shown in this tab; the nonce is forgotten. */
  | { readonly state: 'shown'; readonly openedAt: string };

/** 22 characters of base64url. Works over plain http too. */
export function createNonce(): string {
  return encodeBase64url(crypto.getRandomValues(new Uint8Array(CLAIM_NONCE_BYTES)));
}

async function nameFor(linkToken: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(linkToken));
  return `sealpost-claim-${encodeBase64url(new Uint8Array(digest)).slice(0, NAME_CHARACTERS)}`;
}

/** What this tab remembers of a link; null if nothing, or if it may not remember. */
export async function recallClaim(linkToken: string): Promise<ClaimMemory | null> {
  if (!canEncryptHere()) return null;
  try {
    return parseMemory(sessionStorage.getItem(await nameFor(linkToken)));
  } catch {
    return null; // Storage is switched off: then a reload can't repeat a claim, nothing worse.
  }
}

/** Keeps `memory` for this tab, instead of what it remembered of the link before. */
export async function rememberClaim(linkToken: string, memory: ClaimMemory): Promise<void> {
  if (!canEncryptHere()) return;
  try {
    sessionStorage.setItem(await nameFor(linkToken), JSON.stringify(memory));
  } catch {
    // As above.
  }
}

/**
 * The nonce to claim by: the one of a claim whose answer was lost in this tab,
 * or else `fresh`. Kept from now on, before anything is asked.
 */
export async function beginClaim(
  linkToken: string,
  fresh: string,
  needsPassphrase: boolean,
): Promise<string> {
  const memory = await recallClaim(linkToken);
  const nonce = memory?.state === 'claiming' ? memory.nonce : fresh;
  await rememberClaim(linkToken, { state: 'claiming', nonce, needsPassphrase });
  return nonce;
}

/** Forgets the link in this tab. */
export async function forgetClaim(linkToken: string): Promise<void> {
  if (!canEncryptHere()) return;
  try {
    sessionStorage.removeItem(await nameFor(linkToken));
  } catch {
    // As above.
  }
}

function parseMemory(text: string | null): ClaimMemory | null {
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('state' in value)) return null;
  if (value.state === 'shown' && 'openedAt' in value && typeof value.openedAt === 'string') {
    return { state: 'shown', openedAt: value.openedAt };
  }
  if (value.state === 'claiming' && 'nonce' in value && typeof value.nonce === 'string') {
    const needsPassphrase = 'needsPassphrase' in value && value.needsPassphrase === true;
    return { state: 'claiming', nonce: value.nonce, needsPassphrase };
  }
  return null;
}
