import type { Refused } from './outcomes';
import type { PasswordProof } from './own-account-ports';
import type { AccountDesk } from './ports';
import { refused } from './refused';
import { tryPassword } from './try-secret';

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
  // Whoever asks is signed in, so they wait among themselves and not behind those who are not.
  const tried = await tryPassword(desk, { accountId }, 'password again', () =>
    desk.withStretchingRoom(() => desk.verifySignInKey(signInHash, signInKey), accountId),
  );
  if (tried === 'busy') return refused('busy');
  if (tried === 'slowed') return refused('password_slowed', 'password');
  if (signInHash === null || tried === 'wrong') return refused('password_wrong', 'password');
  return { status: 'proved', proof: { accountId, signInHash } };
}
