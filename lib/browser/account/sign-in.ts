/**
 * Signing in from this browser: the password is stretched here, one of the two
 * keys that come of it goes to the server, the other opens the vault.
 */
import type { SaltResult, VaultResult } from '@/lib/accounts/outcomes';
import type { AccountKeys } from '@/lib/protocol/keys';
import { decodeBase64url, encodeBase64url } from '@/lib/protocol/bytes';
import { SALT_BYTES } from '@/lib/protocol/constants';
import { isRefusalCode, type RefusalCode } from '@/lib/refusal-code';
import { askServer } from '../ask-server';
import { BrowserTrouble, faultIn, LOST_ANSWERS, type LostAnswer } from '../browser-trouble';
import { deriveKeysOfPassword, unlockVaultWith } from '../vault/unlock-vault';

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

/**
 * Signs in with what the password came to, and leaves the vault open in this browser.
 *
 * @param code of the second factor, '' without one
 * @returns why the server made no session; null once this browser is signed in
 * @throws BrowserTrouble
 */
export async function signIn(
  email: string,
  keys: AccountKeys,
  code: string,
  readOwnVault: (form: FormData) => Promise<VaultResult>,
): Promise<RefusalCode | null> {
  const refusal = await presentSignInKey(email, keys.signInKey, code);
  if (refusal !== null) return refusal;
  const sealed = await askServer('readOwnVault', () => readOwnVault(new FormData()));
  if (sealed.status === 'found') await unlockVaultWith(sealed, keys);
  return null;
}

async function presentSignInKey(
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
  // As good as no answer: what failed may have failed once the session was made.
  if (refusal === 'unavailable') throw new BrowserTrouble(LOST_ANSWERS.signIn);
  if (refusal === 'fault') throw new BrowserTrouble(faultIn('signIn'));
  return refusal;
}

function refusalIn(
  { refusal }: Readonly<Record<string, unknown>>,
  ifNone: RefusalCode,
): RefusalCode {
  return typeof refusal === 'string' && isRefusalCode(refusal) ? refusal : ifNone;
}

/** An answer of the app, whatever its status; what another server answers in its place counts as lost. */
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
