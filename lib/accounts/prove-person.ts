import type { AccountDesk, Staff } from './ports';
import { provePassword, type PasswordTry } from './prove-password';
import { refused } from './refused';
import { refusalOfCode } from './try-secret';

/** What somebody who is signed in shows once more. */
export interface PersonProof {
  /** 32 bytes */
  readonly signInKey: Uint8Array;
  /** Of the second factor, or of its list; '' for none. */
  readonly code: string;
}

/**
 * Asks for everything that signing in takes, for what opens or closes a way into an account: neither
 * an open browser nor a password that was read along is enough for it. The code comes after the
 * password, and is used up.
 */
export async function provePerson(
  desk: AccountDesk,
  { accountId, hasSecondFactor }: Pick<Staff, 'accountId' | 'hasSecondFactor'>,
  { signInKey, code }: PersonProof,
): Promise<PasswordTry> {
  const tried = await provePassword(desk, accountId, signInKey);
  if (tried.status === 'refused' || !hasSecondFactor) return tried;
  if (code === '') return refused('second_factor_needed', 'code');
  const refusal = await refusalOfCode(desk, { accountId, code, isAfterPassword: true });
  return refusal === null ? tried : refused(refusal, 'code');
}
