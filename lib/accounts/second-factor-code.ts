/**
 * What is typed as the second factor: six digits of the authenticator app, or
 * a code of the list that is kept for the day when the phone is lost.
 */

const RECOVERY_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const RECOVERY_LENGTH = 16;

export type SecondFactorCode =
  | { readonly kind: 'totp'; readonly code: string }
  | { readonly kind: 'recovery'; readonly code: string };

/** Spaces and dashes are how people read codes aloud; they don't count. Null for what is neither. */
export function readSecondFactorCode(text: string): SecondFactorCode | null {
  const code = text.replaceAll(/[\s-]/g, '').toLowerCase();
  if (/^\d{6}$/.test(code)) return { kind: 'totp', code };
  const isRecovery =
    code.length === RECOVERY_LENGTH &&
    Array.from(code).every((character) => RECOVERY_ALPHABET.includes(character));
  return isRecovery ? { kind: 'recovery', code } : null;
}

/** A new code of the list: 79 random bits in four groups of four. */
export function createRecoveryListCode(): string {
  let code = '';
  while (code.length < RECOVERY_LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(RECOVERY_LENGTH))) {
      // 248 is the largest multiple of 31 in a byte: above it the draw would favour some letters.
      if (byte >= 248 || code.length === RECOVERY_LENGTH) continue;
      code += RECOVERY_ALPHABET.charAt(byte % RECOVERY_ALPHABET.length);
    }
  }
  return code.replaceAll(/(.{4})(?=.)/g, '$1-');
}
