/**
 * What the owner decided for everybody who sends, and what it comes to for one secret. The browser asks
 * first, the server decides.
 */
import type { RefusalCode } from '@/lib/refusal-code';
import { EXPIRIES, EXPIRY_CHOICES, type ExpiresIn } from './policy';

export type WhoMaySend =
  /** all who reach the page */
  | 'anyone'
  /** staff, signed in */
  | 'members';

export interface SendingPolicy {
  readonly whoMaySend: WhoMaySend;
  /** Seconds that a message may wait at the most. */
  readonly longestExpiry: number;
  /** Every message must be locked with a passphrase. */
  readonly passphraseRequired: boolean;
}

export interface WantedSending {
  readonly isStaff: boolean;
  readonly expiresIn: ExpiresIn;
  readonly hasPassphrase: boolean;
  /** Asks for what only a list of one's own makes sense of: recipients, being told. */
  readonly needsList: boolean;
}

export interface SendingRefusal {
  /** null for the form as a whole */
  readonly field: 'expiresIn' | 'passphrase' | null;
  readonly code: RefusalCode;
}

/** True for those who may not send at all. */
export function mustSignIn(policy: SendingPolicy, isStaff: boolean): boolean {
  return policy.whoMaySend === 'members' && !isStaff;
}

export function isAllowedExpiry(policy: SendingPolicy, expiresIn: ExpiresIn): boolean {
  return EXPIRIES[expiresIn] <= policy.longestExpiry;
}

/** What the form may offer, in its order. */
export function allowedExpiries(policy: SendingPolicy): readonly ExpiresIn[] {
  return EXPIRY_CHOICES.filter((choice) => isAllowedExpiry(policy, choice));
}

/** Why this may not be sent; null if it may. */
export function refusalOfSending(
  policy: SendingPolicy,
  wanted: WantedSending,
): SendingRefusal | null {
  if (mustSignIn(policy, wanted.isStaff) || (wanted.needsList && !wanted.isStaff)) {
    return { field: null, code: 'sign_in_required' };
  }
  if (!isAllowedExpiry(policy, wanted.expiresIn)) {
    return { field: 'expiresIn', code: 'expiry_not_allowed' };
  }
  if (policy.passphraseRequired && !wanted.hasPassphrase) {
    return { field: 'passphrase', code: 'passphrase_required' };
  }
  return null;
}
