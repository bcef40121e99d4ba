/**
 * Turning the second factor on and off, by whoever proves the password again, and the second factor
 * where it is on: what it protects against is somebody who has the password.
 */
import type { DoneResult, Refused } from './outcomes';
import type { CodeList, TotpSecretView } from './own-account-ports';
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

/** The first code of the app, and the list that its person has kept. */
export interface FirstCode {
  readonly code: string;
  readonly codeHashes: CodeList;
}

/**
 * Puts what was started in force, and the list with it. Sent again, since the answer was lost, it is
 * done already: that is read off the list, which nobody has but the browser that drew it.
 */
export async function confirmSecondFactor(
  desk: AccountDesk,
  staff: Staff,
  first: FirstCode,
): Promise<DoneResult> {
  const confirmed = await confirmOnce(desk, staff, first);
  if (confirmed.status === 'done' || confirmed.refusal !== 'changed_meanwhile') return confirmed;
  const isDone = await desk.secondFactorSetup.hasList(staff.accountId, first.codeHashes);
  return isDone ? { status: 'done' } : confirmed;
}

async function confirmOnce(
  desk: AccountDesk,
  { accountId }: Staff,
  { code, codeHashes }: FirstCode,
): Promise<DoneResult> {
  const signInHash = await desk.own.findSignInHash(accountId);
  if (signInHash === null) return refused('sign_in_required');
  // Whoever has a session alone starts none, and so has no codes to guess at.
  if (!(await desk.secondFactorSetup.isStarted(accountId))) return refused('changed_meanwhile');
  const given = { accountId, signInHash, code, isAfterPassword: false };
  const confirm = async () => {
    const confirmed = await desk.together<DoneResult>(
      async ({ secondFactorSetup, members, mail }) => {
        const outcome = await secondFactorSetup.confirm(accountId, code, codeHashes);
        if (outcome !== 'done') {
          return refused(outcome === 'wrong' ? 'second_factor_wrong' : outcome);
        }
        const person = await members.findAddressee(accountId);
        if (person !== null) await mail.accessChanged(person, 'second_factor_on');
        return { status: 'done' };
      },
    );
    const isWrong = confirmed.status === 'refused' && confirmed.refusal === 'second_factor_wrong';
    return isWrong ? 'wrong' : { accepted: confirmed };
  };
  const tried = await tryCode(desk, given, confirm, 'first code');
  if ('refusal' in tried) {
    const { refusal } = tried;
    return refused(refusal === 'code_slowed' ? 'first_code_slowed' : refusal, 'code');
  }
  return tried.accepted;
}

export interface NewCodeList extends PersonProof {
  readonly codeHashes: CodeList;
}

/**
 * A new list, which its person has kept, in place of the one before. Sent again, since the answer was
 * lost, it is in force already, and neither the code that was used up by it nor another one is due.
 */
export async function renewSecondFactorCodes(
  desk: AccountDesk,
  staff: Staff,
  { codeHashes, ...shown }: NewCodeList,
): Promise<DoneResult> {
  if (await desk.secondFactorSetup.hasList(staff.accountId, codeHashes)) {
    const tried = await provePassword(desk, staff, shown.signInKey);
    return tried.status === 'refused' ? tried : { status: 'done' };
  }
  return makeProvedChange(desk, staff, shown, {
    async make(proof, { secondFactorSetup }) {
      const isRenewed = await secondFactorSetup.renewCodes(proof, codeHashes);
      return doneOrRefused(isRenewed ? 'done' : 'changed_meanwhile');
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
