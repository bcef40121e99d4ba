/**
 * What is typed as the second factor: six digits of the authenticator app, or
 * a code of the list that is kept for the day when the phone is lost.
 */
import { foldListCode, isListCode } from '@/lib/protocol/list-code';

export type SecondFactorCode =
  | { readonly kind: 'totp'; readonly code: string }
  | { readonly kind: 'recovery'; readonly code: string };

/** Spaces and dashes don't count. Null for what is neither. */
export function readSecondFactorCode(text: string): SecondFactorCode | null {
  const code = foldListCode(text);
  if (/^\d{6}$/.test(code)) return { kind: 'totp', code };
  return isListCode(code) ? { kind: 'recovery', code } : null;
}
