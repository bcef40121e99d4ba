import type { Refused } from './outcomes';
import type { PasswordProof } from './own-account-ports';
import type { AccountDesk, Staff } from './ports';
import { refused } from './refused';
import { tryPassword } from './try-secret';

export type Prover = Pick<Staff, 'accountId' | 'sessionId'>;

export type PasswordTry = { readonly status: 'proved'; readonly proof: PasswordProof } | Refused;

/**
 * Asks somebody who is signed in for the password once more: a browser that
 * was left open must not be enough to lock its owner out.
 */
export async function provePassword(
  desk: AccountDesk,
  staff: Prover,
  signInKey: Uint8Array,
): Promise<PasswordTry> {
  const tried = await startProof(desk, staff, signInKey);
  return tried.status === 'refused' ? tried : { status: 'proved', proof: tried.password };
}

/** The password was right, in a session that is still there; `secondFactorSince` is what a code is due for. */
export async function startProof(
  desk: AccountDesk,
  { accountId, sessionId }: Prover,
  signInKey: Uint8Array,
): Promise<
  | {
      readonly status: 'right';
      readonly password: PasswordProof;
      readonly secondFactorSince: string | null;
    }
  | Refused
> {
  const signInHash = await desk.own.findSignInHash(accountId);
  if (signInHash === null) return refused('sign_in_required');
  const password = { accountId, signInHash };
  // Whoever asks is signed in, so they wait among themselves and not behind those who are not.
  const tried = await tryPassword(desk, password, 'password again', () =>
    desk.withStretchingRoom(() => desk.verifySignInKey(signInHash, signInKey), accountId),
  );
  if (tried === 'busy') return refused('busy');
  if (tried === 'slowed') return refused('password_slowed', 'password');
  if (tried === 'wrong') return refused('password_wrong', 'password');
  // Now, and not with the session when the request came: it waited for its turn meanwhile.
  const now = await desk.own.findSecondFactor(sessionId);
  if (now === null) return refused('sign_in_required');
  return { status: 'right', password, ...now };
}
