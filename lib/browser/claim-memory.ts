/**
 * Remembers in this tab by which nonce a message was claimed, so that a reload
 * or a lost answer gets the same message again while its lease lasts. What is
 * kept can't open anything: the nonce is worth nothing without the link, and
 * the name it is kept under is a hash that does not lead back to the link.
 */
import { encodeBase64url } from '@/lib/protocol/bytes';
import { CLAIM_NONCE_BYTES } from '@/lib/protocol/constants';
import { dropKey } from './browser-link';
import { canEncryptHere } from './browser-trouble';

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

/** Null where this tab may keep nothing: then a reload can't repeat a claim, nothing worse. */
async function inThisTab<Result>(
  linkToken: string,
  act: (name: string) => Result,
): Promise<Result | null> {
  if (!canEncryptHere()) return null;
  try {
    return act(await nameFor(linkToken));
  } catch {
    return null;
  }
}

/** What this tab remembers of a link; null if nothing, or if it may not remember. */
export async function recallClaim(linkToken: string): Promise<ClaimMemory | null> {
  const memory = await inThisTab(linkToken, (name) => parseMemory(sessionStorage.getItem(name)));
  if (memory?.state !== 'held' || Date.now() < memory.until) return memory;
  const shown: ClaimMemory = { state: 'shown', openedAt: memory.openedAt };
  await rememberClaim(linkToken, shown);
  return shown;
}

/** Keeps `memory` for this tab, instead of what it remembered of the link before. */
export async function rememberClaim(linkToken: string, memory: ClaimMemory): Promise<void> {
  await inThisTab(linkToken, (name) => sessionStorage.setItem(name, JSON.stringify(memory)));
}

/** Forgets the link in this tab. */
export async function forgetClaim(linkToken: string): Promise<void> {
  await inThisTab(linkToken, (name) => sessionStorage.removeItem(name));
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

function parseMemory(text: string | null): ClaimMemory | null {
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('state' in value)) return null;
  if (value.state === 'shown' && 'openedAt' in value && typeof value.openedAt === 'string') {
    return { state: 'shown', openedAt: value.openedAt };
  }
  const needsPassphrase = 'needsPassphrase' in value && value.needsPassphrase === true;
  if (!('nonce' in value) || typeof value.nonce !== 'string') return null;
  const { nonce } = value;
  if (value.state === 'claiming') return { state: 'claiming', nonce, needsPassphrase };
  if (value.state !== 'held' || !('openedAt' in value && 'until' in value)) return null;
  const { openedAt, until } = value;
  return typeof openedAt === 'string' && typeof until === 'number'
    ? { state: 'held', nonce, needsPassphrase, openedAt, until }
    : null;
}

export interface ClaimToHold extends Omit<HeldClaim, 'until'> {
  /** What it is remembered by: M2, ID1 or the id of a reply. */
  readonly linkToken: string;
}

export interface Hold {
  /** For showing it again. */
  readonly needsPassphrase: boolean;
  /** ISO 8601, by this device's clock; null where leases are off, or once it was let go. */
  readonly until: string | null;
  /** The reader has it: the server may forget it now. A second call does nothing. */
  readonly release: () => void;
}

/**
 * Keeps, once a secret is on the screen, what shows it again in this tab after a slip: going back,
 * a reload, a pull too far. Ends when its reader has taken it, or with the lease.
 *
 * @param acknowledge tells the server; after the lease it need not be told
 * @param onGone called once, when it can't be shown again any more
 */
export async function holdClaim(
  { linkToken, ...claim }: ClaimToHold,
  leaseSeconds: number,
  acknowledge: () => Promise<void>,
  onGone: () => void,
): Promise<Hold> {
  const { needsPassphrase } = claim;
  let isHeld = true;

  async function letGo(tell: boolean): Promise<void> {
    if (!isHeld) return;
    isHeld = false;
    // Remembered first: a reload while the server is being told must not make this reader
    // believe that another person has read the secret.
    await rememberClaim(linkToken, { state: 'shown', openedAt: claim.openedAt });
    dropKey();
    onGone();
    if (tell) await acknowledge();
  }

  const release = () => void letGo(true);
  if (leaseSeconds === 0) {
    await letGo(true);
    return { needsPassphrase, until: null, release };
  }
  const until = await rememberHeld(linkToken, claim, Date.now() + leaseSeconds * 1000);
  setTimeout(() => void letGo(false), until - Date.now());
  return { needsPassphrase, until: new Date(until).toISOString(), release };
}
