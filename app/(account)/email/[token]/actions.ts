'use server';

import { confirmEmail as confirm } from '@/lib/accounts/change-email';
import type { DoneResult } from '@/lib/accounts/outcomes';
import { confirmEmailForm } from '@/lib/accounts/schema';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { publicAction } from '@/lib/server/public-action';
import { refuseForm } from '@/lib/server/refuse-form';

const confirms = publicAction<typeof confirmEmailForm, DoneResult>({
  name: 'confirm e-mail',
  limit: 'signIn',
  schema: confirmEmailForm,
  run: ({ token }) => confirm(accountDesk(), token),
  refuse: refuseForm,
});

/** Gives an account the address whose mailbox has the link. */
export async function confirmEmail(form: FormData): Promise<DoneResult> {
  return confirms(form);
}
