/**
 * Turning the second factor on and off, by whoever proves the password again, and the second factor
 * where it is on: what it protects against is somebody who has the password.
 */
import type { CodeListResult, DoneResult, Refused } from './outcomes';
import type { TotpSecretView } from './own-account-ports';
import type { AccountDesk, Staff } from './ports';
import { provePassword } from './prove-password';
import type { PersonProof } from './prove-person';
import { doneOrRefused, makeProvedChange } from './proved-change';
import { refused } from './refused';
import { tryCode } from './try-secret';

type StartedResult = { readonly status: 'started'; readonly secret: TotpSecretView } | Refused;

/** A secret for the authenticator app: in force once `confirmSecondFactor` has seen its code. */
export async function startSecondFactor(
  desk: AccountDesk,
  staff: Staff,
  signInKey: Uint8Array,
): Promise<StartedResult> {
  const tried = await provePassword(desk, staff, signInKey);
  if (tried.status === 'refused') return tried;
  return desk.together<StartedResult>(async ({ secondFactorSetup }) => {
    const secret = await secondFactorSetup.start(tried.proof, staff.email);
    return secret === null ? refused('changed_meanwhile') : { status: 'started', secret };
  });
}

export async function confirmSecondFactor(
  desk: AccountDesk,
  staff: Staff,
  code: string,
): Promise<CodeListResult> {
  const { accountId } = staff;
  const signInHash = await desk.own.findSignInHash(accountId);
  if (signInHash === null) return refused('sign_in_required');
  // Whoever has a session alone starts none, and so has no codes to guess at.
  if (!(await desk.secondFactorSetup.isStarted(accountId))) return refused('changed_meanwhile');
  const given = { accountId, signInHash, code, isAfterPassword: false };
  const confirm = async () => {
    const confirmed = await desk.together<CodeListResult>(
      async ({ secondFactorSetup, members, mail }) => {
        const codes = await secondFactorSetup.confirm(accountId, code);
        if (codes === null) return refused('second_factor_wrong');
        const person = await members.findAddressee(accountId);
        if (person !== null) await mail.accessChanged(person, 'second_factor_on');
        return { status: 'listed', codes };
      },
    );
    return confirmed.status === 'listed' ? { accepted: confirmed } : 'wrong';
  };
  const tried = await tryCode(desk, given, confirm, 'first code');
  if ('refusal' in tried) {
    const { refusal } = tried;
    return refused(refusal === 'code_slowed' ? 'first_code_slowed' : refusal, 'code');
  }
  return tried.accepted;
}

/** Ten new codes in place of those before. */
export async function renewSecondFactorCodes(
  desk: AccountDesk,
  staff: Staff,
  shown: PersonProof,
): Promise<CodeListResult> {
  return makeProvedChange<CodeListResult>(desk, staff, shown, {
    async make(proof, { secondFactorSetup }) {
      const codes = await secondFactorSetup.renewCodes(proof);
      return codes === null ? refused('changed_meanwhile') : { status: 'listed', codes };
    },
    says: 'second_factor_codes',
  });
}

export async function turnOffSecondFactor(
  desk: AccountDesk,
  staff: Staff,
  shown: PersonProof,
): Promise<DoneResult> {
  return makeProvedChange(desk, staff, shown, {
    async make(proof, { secondFactorSetup }) {
      const isOff = await secondFactorSetup.turnOff(proof);
      return doneOrRefused(isOff ? 'done' : 'changed_meanwhile');
    },
    says: 'second_factor_off',
  });
}
