'use server';

import { deleteAccount as remove } from '@/lib/accounts/delete-account';
import type { DoneResult } from '@/lib/accounts/outcomes';
import { accountDeletionForm } from '@/lib/accounts/schema';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { refuseForm } from '@/lib/server/refuse-form';
import { staffAction } from '@/lib/server/staff-action';

const deletes = staffAction<typeof accountDeletionForm, DoneResult>({
  name: 'delete account',
  rule: 'member',
  limit: 'signIn',
  schema: accountDeletionForm,
  run: (input, staff) => remove(accountDesk(), staff, input),
  refuse: refuseForm,
});

/** Deletes one's own account, with what its page said goes with it. */
export async function deleteAccount(form: FormData): Promise<DoneResult> {
  return deletes(form);
}
