'use server';

import { changeRecoveryCode as change } from '@/lib/accounts/change-password';
import type { DoneResult } from '@/lib/accounts/outcomes';
import { recoveryCodeForm } from '@/lib/accounts/schema';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { refuseForm } from '@/lib/server/refuse-form';
import { staffAction } from '@/lib/server/staff-action';

const changesRecoveryCode = staffAction<typeof recoveryCodeForm, DoneResult>({
  name: 'change recovery code',
  rule: 'member',
  limit: 'signIn',
  schema: recoveryCodeForm,
  run: (input, staff) => change(accountDesk(), staff, input),
  refuse: refuseForm,
});

/** Keeps one's vault under a new recovery code. */
export async function changeRecoveryCode(form: FormData): Promise<DoneResult> {
  return changesRecoveryCode(form);
}
