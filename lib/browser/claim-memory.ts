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

/** A secret on the screen that its reader has not taken yet: its nonce shows it again. */
export interface HeldClaim {
  readonly nonce: string;
  readonly needsPassphrase: boolean;
  /** ISO 8601 */
  readonly openedAt: string;
  /** When its lease ends, by this device's clock, in milliseconds. */
  readonly until: number;
}

export type ClaimMemory =
  /** Claimed, or about to be; no answer has been shown yet. */
  | { readonly state: 'claiming'; readonly nonce: string; readonly needsPassphrase: boolean }
  | ({ readonly state: 'held' } & HeldClaim)
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
    const memory = parseMemory(sessionStorage.getItem(await nameFor(linkToken)));
    if (memory?.state !== 'held' || Date.now() < memory.until) return memory;
    const shown: ClaimMemory = { state: 'shown', openedAt: memory.openedAt };
    await rememberClaim(linkToken, shown);
    return shown;
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
  if (memory?.state === 'held') return memory.nonce;
  const nonce = memory?.state === 'claiming' ? memory.nonce : fresh;
  await rememberClaim(linkToken, { state: 'claiming', nonce, needsPassphrase });
  return nonce;
}

/**
 * Keeps the nonce of what is shown, until its lease ends.
 *
 * @param until see `HeldClaim`; showing again does not put it off
 * @returns when it ends
 */
export async function rememberHeld(
  linkToken: string,
  claim: Omit<HeldClaim, 'until'>,
  until: number,
): Promise<number> {
  const memory = await recallClaim(linkToken);
  if (memory?.state === 'held') return memory.until;
  await rememberClaim(linkToken, { state: 'held', ...claim, until });
  return until;
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
  if (value.state === 'held') return parseHeld(value);
  return null;
}

function parseHeld(value: object): ClaimMemory | null {
  if (!('nonce' in value && 'openedAt' in value && 'until' in value)) return null;
  const { nonce, openedAt, until } = value;
  if (typeof nonce !== 'string' || typeof openedAt !== 'string') return null;
  if (typeof until !== 'number') return null;
  const needsPassphrase = 'needsPassphrase' in value && value.needsPassphrase === true;
  return { state: 'held', nonce, needsPassphrase, openedAt, until };
}
