/** What the forms around a password check before any work is spent. */
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '@/lib/accounts/policy';
import { fitsAsPassphrase } from '@/lib/browser/check-passphrase';
import type { RefusalCode } from '@/lib/refusal-code';

/** Why a new password would be refused; null if it is none. Characters are counted as people do. */
export function refusalOfNewPassword(password: string): RefusalCode | null {
  if (Array.from(password).length < MIN_PASSWORD_LENGTH) return 'password_too_short';
  return password.length <= MAX_PASSWORD_LENGTH && fitsAsPassphrase(password)
    ? null
    : 'password_too_long';
}

/** A field of a form, '' where there is none. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
