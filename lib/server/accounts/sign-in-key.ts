/**
 * What the server keeps of a password: Argon2id of the sign-in key, which the
 * browser derived with 64 MiB of Argon2id already. This second pass keeps a
 * copy of the database from signing in; it need not be as slow again.
 */
import 'server-only';
import { argon2id, hash, verify } from 'argon2';
import { once } from '../runtime';

/** 19 MiB and two passes: the second of OWASP's equivalent choices. */
const COST = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashSignInKey(signInKey: Uint8Array): Promise<string> {
  return hash(Buffer.from(signInKey), COST);
}

const nobody = once('sign-in hash of nobody', () => hashSignInKey(new Uint8Array(32)));

/** `signInHash` null: does the same work, and is false. */
export async function verifySignInKey(
  signInHash: string | null,
  signInKey: Uint8Array,
): Promise<boolean> {
  const ofNobody = await nobody();
  const isRight = await verify(signInHash ?? ofNobody, Buffer.from(signInKey));
  return isRight && signInHash !== null;
}
