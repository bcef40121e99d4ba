/**
 * Signing in. Rules: an unknown address costs the same work as a known one and
 * gets the same answer, also where it is slowed; that there is a second factor is
 * told only to one who had the first; a code counts once.
 */
import type { SignInResult } from './outcomes';
import { createOpaqueToken, hashNewToken } from './opaque-token';
import type { AccountDesk } from './ports';
import { refusalOfCode, tryPassword } from './try-secret';

export interface SignIn {
  readonly email: string;
  /** 32 bytes */
  readonly signInKey: Uint8Array;
  /** Of the second factor, or one of its recovery codes; '' for none. */
  readonly code: string;
  /** What the browser says it is. */
  readonly device: string;
  /** Of the session that this browser had until now, SHA-256 of its cookie: it ends with the new one. */
  readonly replaces: Uint8Array | null;
}

export async function signIn(
  desk: AccountDesk,
  { email, signInKey, code, device, replaces }: SignIn,
): Promise<SignInResult> {
  const account = await desk.store.findForSignIn(email);
  const at = account ?? { accountId: null, email };
  const tried = await tryPassword(desk, at, 'password', (known) =>
    desk.withStretchingRoom(
      () => desk.verifySignInKey(account?.signInHash ?? null, signInKey),
      known,
    ),
  );
  if (tried === 'busy') return refused('busy');
  if (tried === 'slowed') return refused('sign_in_slowed');
  if (account === null || tried === 'wrong') return refused('sign_in_wrong');
  // Once more: a second factor may have come on while the password waited for its turn.
  const now = await desk.store.findForSignIn(email);
  if (now === null) return refused('sign_in_wrong');
  const { accountId, signInHash } = account;
  const { secondFactorSince } = now;
  if (secondFactorSince !== null) {
    if (code === '') return refused('second_factor_needed');
    const tried = { accountId, signInHash, code, isAfterPassword: true };
    const refusal = await refusalOfCode(desk, tried);
    if (refusal !== null) return refused(refusal);
  }
  const sessionToken = createOpaqueToken();
  const tokenHash = await hashNewToken(sessionToken);
  const session = { tokenHash, device, replaces };
  const proof = { accountId, signInHash, secondFactorSince };
  const signedIn = await desk.together<SignInResult>(async ({ store }) => {
    // Null when the password was changed while this one was being checked.
    const sessionId = await store.createSession(proof, session);
    if (sessionId === null) return refused('sign_in_wrong');
    return { status: 'signed_in', accountId, sessionToken };
  });
  if (signedIn.status === 'signed_in') await desk.browser.remember(proof);
  return signedIn;
}

function refused(refusal: Extract<SignInResult, { status: 'refused' }>['refusal']): SignInResult {
  return { status: 'refused', refusal };
}
