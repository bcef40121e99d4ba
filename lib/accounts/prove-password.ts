import type { Refused } from './outcomes';
import type { PasswordProof } from './own-account-ports';
import type { AccountDesk } from './ports';
import { refused } from './refused';

export type PasswordTry = { readonly status: 'proved'; readonly proof: PasswordProof } | Refused;

/**
 * Asks somebody who is signed in for the password once more: a browser that
 * was left open must not be enough to lock its owner out.
 */
export async function provePassword(
  desk: AccountDesk,
  accountId: string,
  signInKey: Uint8Array,
): Promise<PasswordTry> {
  const signInHash = await desk.own.findSignInHash(accountId);
  const isRight = await desk.withStretchingRoom(() => desk.verifySignInKey(signInHash, signInKey));
  if (isRight === null) return refused('busy');
  if (signInHash === null || !isRight) return refused('password_wrong', 'password');
  return { status: 'proved', proof: { accountId, signInHash } };
}
