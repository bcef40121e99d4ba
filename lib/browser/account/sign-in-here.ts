/**
 * Signing in from this browser: the password is stretched here, one of the two
 * keys that come of it goes to the server, the other opens the vault.
 */
import type { SaltResult } from '@/lib/accounts/outcomes';
import { decodeBase64url, encodeBase64url } from '@/lib/protocol/base64url';
import { SALT_BYTES } from '@/lib/protocol/constants';
import { isRefusalCode, type RefusalCode } from '@/lib/refusal-code';
import { askServer } from '../ask-server';
import { BrowserTrouble } from '../browser-trouble';
import { LOST_ANSWERS, type LostAnswer } from '../lost-answer';
import { deriveKeysOfPassword, type AccountKeys } from './account-keys';

/** @returns the refusal, or null for somebody who is signed in now. @throws BrowserTrouble */
export async function presentSignInKey(
  email: string,
  signInKey: Uint8Array,
  code: string,
): Promise<RefusalCode | null> {
  const given = { email, signInKey: encodeBase64url(signInKey), code };
  const asked = await askJson('/api/auth/csrf', 'no_answer');
  if (typeof asked['csrfToken'] !== 'string') return refusalIn(asked, 'look_failed');
  const answer = await askJson('/api/auth/callback/credentials', LOST_ANSWERS.signIn, {
    method: 'POST',
    body: new URLSearchParams({ ...given, csrfToken: asked['csrfToken'] }),
  });
  if (answer['status'] === 'signed_in') return null;
  const refusal = refusalIn(answer, 'unavailable');
  // As good as no answer: the database may have gone away once the session was made.
  if (refusal === 'unavailable') throw new BrowserTrouble(LOST_ANSWERS.signIn);
  return refusal;
}

function refusalIn(
  { refusal }: Readonly<Record<string, unknown>>,
  ifNone: RefusalCode,
): RefusalCode {
  return typeof refusal === 'string' && isRefusalCode(refusal) ? refusal : ifNone;
}

/** An answer of the app, whatever its status; what is none of its own is no answer. */
async function askJson(
  path: string,
  ifLost: LostAnswer,
  init?: RequestInit,
): Promise<Record<string, unknown>> {
  try {
    const answer: unknown = await (await fetch(path, init)).json();
    if (typeof answer === 'object' && answer !== null) return { ...answer };
  } catch (cause) {
    throw new BrowserTrouble(ifLost, { cause });
  }
  throw new BrowserTrouble(ifLost);
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
  const found = await askServer('findPasswordSalt', () => findSalt(form));
  if (found.status === 'refused') return { refusal: found.refusal };
  const salt = decodeBase64url(found.salt, SALT_BYTES);
  return { keys: await deriveKeysOfPassword(password, salt, signal) };
}
