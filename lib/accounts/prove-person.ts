import type { Refused } from './outcomes';
import type { SignInProof } from './own-account-ports';
import type { AccountDesk } from './ports';
import { startProof, type Prover } from './prove-password';
import { refused } from './refused';
import { refusalOfCode } from './try-secret';

/** What somebody who is signed in shows once more. */
export interface PersonProof {
  /** 32 bytes */
  readonly signInKey: Uint8Array;
  /** Of the second factor, or of its list; '' for none. */
  readonly code: string;
}

export type PersonTry = { readonly status: 'proved'; readonly proof: SignInProof } | Refused;

/**
 * Asks for everything that signing in takes, for what opens or closes a way into an account: neither
 * an open browser nor a password that was read along is enough for it. The code comes after the
 * password, and is used up.
 */
export async function provePerson(
  desk: AccountDesk,
  staff: Prover,
  { signInKey, code }: PersonProof,
): Promise<PersonTry> {
  const started = await startProof(desk, staff, signInKey);
  if (started.status === 'refused') return started;
  const { password, secondFactorSince } = started;
  if (secondFactorSince !== null) {
    if (code === '') return refused('second_factor_needed', 'code');
    const tried = { ...password, code, isAfterPassword: true };
    const refusal = await refusalOfCode(desk, tried);
    if (refusal !== null) return refused(refusal, 'code');
  }
  return { status: 'proved', proof: { ...password, secondFactorSince } };
}
