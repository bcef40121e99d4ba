'use server';

import { endOtherSessions as endOthers, endSession as endOne } from '@/lib/accounts/end-sessions';
import type { DoneResult } from '@/lib/accounts/outcomes';
import { emptyForm, sessionForm, vaultLockForm } from '@/lib/accounts/schema';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { refuseForm } from '@/lib/server/refuse-form';
import { staffAction } from '@/lib/server/staff-action';

const savesVaultLock = staffAction<typeof vaultLockForm, DoneResult>({
  name: 'save vault lock',
  rule: 'member',
  limit: 'staff',
  schema: vaultLockForm,
  run: async ({ minutes }, { accountId }) => {
    await accountDesk().own.saveVaultLock(accountId, minutes);
    return { status: 'done' };
  },
  refuse: refuseForm,
});

/** How long one's vault stays open unused. */
export async function saveVaultLock(form: FormData): Promise<DoneResult> {
  return savesVaultLock(form);
}

const endsSession = staffAction<typeof sessionForm, DoneResult>({
  name: 'end session',
  rule: 'member',
  limit: 'staff',
  schema: sessionForm,
  run: ({ sessionId }, staff) => endOne(accountDesk(), staff, sessionId),
  refuse: refuseForm,
});

/** Signs one of one's own browsers out. */
export async function endSession(form: FormData): Promise<DoneResult> {
  return endsSession(form);
}

const endsOtherSessions = staffAction<typeof emptyForm, DoneResult>({
  name: 'end other sessions',
  rule: 'member',
  limit: 'staff',
  schema: emptyForm,
  run: (_input, staff) => endOthers(accountDesk(), staff),
  refuse: refuseForm,
});

/** Signs every browser of one's own out but this one. */
export async function endOtherSessions(form: FormData): Promise<DoneResult> {
  return endsOtherSessions(form);
}

const acknowledges = staffAction<typeof emptyForm, DoneResult>({
  name: 'acknowledge reset',
  rule: 'member',
  limit: 'staff',
  schema: emptyForm,
  run: async (_input, { accountId }) => {
    await accountDesk().own.acknowledgeReset(accountId);
    return { status: 'done' };
  },
  refuse: refuseForm,
});

/** One knows that somebody else turned one’s second factor off. */
export async function acknowledgeReset(form: FormData): Promise<DoneResult> {
  return acknowledges(form);
}
