/**
 * Signing in. Rules: an unknown address costs the same work as a known one and
 * gets the same answer, also where it is slowed; that there is a second factor is
 * told only to one who had the first; a code counts once.
 */
import 'server-only';
import { createHmac } from 'node:crypto';
import { encodeBase64url } from '@/lib/protocol/bytes';
import { SALT_BYTES } from '@/lib/protocol/constants';
import type { Context } from '@/lib/server/context';
import { guarded } from '@/lib/server/database-errors';
import { Prisma } from '@/lib/server/prisma-client/client';
import { createOpaqueToken, hashNewToken } from './opaque-token';
import type { SaltResult, SignInRefusal, SignInResult } from './outcomes';
import { findSignInProof } from './proof';
import { createSession } from './sessions';
import { together } from './together';
import { refusalOfCode, roomOf, tryPassword } from './tries';

/**
 * The salt with which a browser stretches a password before it signs in. An
 * address without an account has one too, always the same: both are worked out
 * either way, so that neither the answer nor its time tells which it is.
 */
export async function findPasswordSalt(
  { database, accountsKey }: Pick<Context, 'database' | 'accountsKey'>,
  email: string,
): Promise<SaltResult> {
  const [row, key] = await Promise.all([
    guarded(() =>
      database.account.findUnique({ where: { email }, select: { passwordSalt: true } }),
    ),
    accountsKey('decoy salt'),
  ]);
  const decoy = createHmac('sha256', key).update(email).digest().subarray(0, SALT_BYTES);
  return { status: 'found', salt: encodeBase64url(row?.passwordSalt ?? decoy) };
}

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
  context: Context,
  { email, signInKey, code, device, replaces }: SignIn,
): Promise<SignInResult> {
  const find = () => findSignInProof(context.database, Prisma.sql`email = ${email}::text`);
  const account = await find();
  const at = account ?? { accountId: null, email };
  const tried = await tryPassword(context, at, 'password', (known) =>
    context.withStretchingRoom(roomOf(known), () =>
      context.verifySignInKey(account?.signInHash ?? null, signInKey),
    ),
  );
  if (tried === 'busy') return refused('busy');
  if (tried === 'slowed') return refused('sign_in_slowed');
  if (account === null || tried === 'wrong') return refused('sign_in_wrong');
  // Once more: a second factor may have come on while the password waited for its turn.
  const now = await find();
  if (now === null) return refused('sign_in_wrong');
  const { accountId, signInHash } = account;
  const { secondFactorSince } = now;
  if (secondFactorSince !== null) {
    if (code === '') return refused('second_factor_needed');
    const tried = { accountId, signInHash, code, isAfterPassword: true };
    const refusal = await refusalOfCode(context, tried);
    if (refusal !== null) return refused(refusal);
  }
  const sessionToken = createOpaqueToken();
  const tokenHash = await hashNewToken(sessionToken);
  const session = { tokenHash, device, replaces };
  const proof = { accountId, signInHash, secondFactorSince };
  const signedIn = await together<SignInResult>(context, async ({ database }) => {
    // Null when the password was changed while this one was being checked.
    const sessionId = await createSession(database, proof, session);
    if (sessionId === null) return refused('sign_in_wrong');
    return { status: 'signed_in', accountId, sessionToken };
  });
  if (signedIn.status === 'signed_in') await context.browser.remember(proof);
  return signedIn;
}

function refused(refusal: SignInRefusal): SignInResult {
  return { status: 'refused', refusal };
}
