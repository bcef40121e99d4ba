/**
 * Signing in from this browser: the password is stretched here, one of the two
 * keys that come of it goes to the server, the other opens the vault.
 */
import { signIn } from 'next-auth/react';
import type { SaltResult } from '@/lib/accounts/outcomes';
import { decodeBase64url, encodeBase64url } from '@/lib/protocol/base64url';
import { SALT_BYTES } from '@/lib/protocol/constants';
import { isRefusalCode, type RefusalCode } from '@/lib/refusal-code';
import { askServer } from '../ask-server';
import { BrowserTrouble } from '../browser-trouble';
import { deriveKeysOfPassword, type AccountKeys } from './account-keys';

/** @returns the refusal, or null for somebody who is signed in now. @throws BrowserTrouble */
export async function presentSignInKey(
  email: string,
  signInKey: Uint8Array,
  code: string,
): Promise<RefusalCode | null> {
  const answer = await fetchSignIn(email, encodeBase64url(signInKey), code);
  if (answer.ok && answer.error === null) return null;
  const error = answer.error ?? '';
  return isRefusalCode(error) ? error : 'unavailable';
}

async function fetchSignIn(email: string, signInKey: string, code: string) {
  const answer = await signIn('credentials', { redirect: false, email, signInKey, code }).catch(
    (cause: unknown) => {
      throw new BrowserTrouble('no_answer', { cause });
    },
  );
  // Without an answer when the providers can't be asked for.
  if (answer === undefined) throw new BrowserTrouble('no_answer');
  return answer;
}

/** The two keys of a password, with the salt that the server names for an address. */
export async function keysForAddress(
  findSalt: (form: FormData) => Promise<SaltResult>,
  email: string,
  password: string,
  signal: AbortSignal,
): Promise<{ readonly keys: AccountKeys } | { readonly refusal: RefusalCode }> {
  const form = new FormData();
  form.set('email', email);
  const found = await askServer(() => findSalt(form));
  if (found.status === 'refused') return { refusal: found.refusal };
  const salt = decodeBase64url(found.salt, SALT_BYTES);
  return { keys: await deriveKeysOfPassword(password, salt, signal) };
}
