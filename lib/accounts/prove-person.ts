import type { AccountDesk, Staff } from './ports';
import { provePassword, type PasswordTry } from './prove-password';
import { refused } from './refused';
import { refusalOfWrongCode } from './wrong-code';

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
  if (!(await desk.mayTrySecondFactor(accountId))) return refused('too_many_requests', 'code');
  if (!(await desk.secondFactor.accept(accountId, code))) {
    return refused(await refusalOfWrongCode(desk, accountId), 'code');
  }
  return tried;
}
