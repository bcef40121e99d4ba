/** Turning the second factor on and off, by whoever proves the password again. */
import type { CodeListResult, DoneResult, Refused } from './outcomes';
import type { TotpSecretView } from './own-account-ports';
import type { AccountDesk, Staff } from './ports';
import { provePassword } from './prove-password';
import { refused } from './refused';

/** A secret for the authenticator app: in force once `confirmSecondFactor` has seen its code. */
export async function startSecondFactor(
  desk: AccountDesk,
  { accountId, email }: Staff,
  signInKey: Uint8Array,
): Promise<{ readonly status: 'started'; readonly secret: TotpSecretView } | Refused> {
  const tried = await provePassword(desk, accountId, signInKey);
  if (tried.status === 'refused') return tried;
  const secret = await desk.secondFactorSetup.start(tried.proof, email);
  return secret === null ? refused('changed_meanwhile') : { status: 'started', secret };
}

export async function confirmSecondFactor(
  desk: AccountDesk,
  accountId: string,
  code: string,
): Promise<CodeListResult> {
  if (!(await desk.mayTrySecondFactor(accountId))) return refused('too_many_requests');
  const codes = await desk.secondFactorSetup.confirm(accountId, code);
  return codes === null ? refused('second_factor_wrong', 'code') : { status: 'listed', codes };
}

/** Ten new codes in place of those before. */
export async function renewSecondFactorCodes(
  desk: AccountDesk,
  accountId: string,
  signInKey: Uint8Array,
): Promise<CodeListResult> {
  const tried = await provePassword(desk, accountId, signInKey);
  if (tried.status === 'refused') return tried;
  const codes = await desk.secondFactorSetup.renewCodes(tried.proof);
  return codes === null ? refused('changed_meanwhile') : { status: 'listed', codes };
}

export async function turnOffSecondFactor(
  desk: AccountDesk,
  accountId: string,
  signInKey: Uint8Array,
): Promise<DoneResult> {
  const tried = await provePassword(desk, accountId, signInKey);
  if (tried.status === 'refused') return tried;
  const isOff = await desk.secondFactorSetup.turnOff(tried.proof);
  return isOff ? { status: 'done' } : refused('changed_meanwhile');
}
