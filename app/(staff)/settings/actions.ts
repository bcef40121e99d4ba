'use server';

import { changeEmail as changeAddress } from '@/lib/accounts/change-email';
import { changePassword as change } from '@/lib/accounts/change-password';
import type { DoneResult, EmailChangeResult } from '@/lib/accounts/outcomes';
import { changeEmailForm, changePasswordForm, profileForm } from '@/lib/accounts/schema';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { renewSessionCookie } from '@/lib/server/accounts/current-staff';
import { refuseForm } from '@/lib/server/refuse-form';
import { staffAction } from '@/lib/server/staff-action';

const savesProfile = staffAction<typeof profileForm, DoneResult>({
  name: 'save profile',
  rule: 'member',
  limit: 'staff',
  schema: profileForm,
  run: async ({ name }, { accountId }) => {
    await accountDesk().own.saveName(accountId, name);
    return { status: 'done' };
  },
  refuse: refuseForm,
});

/** Saves one's own name. */
export async function saveProfile(form: FormData): Promise<DoneResult> {
  return savesProfile(form);
}

const changesPassword = staffAction<typeof changePasswordForm, DoneResult>({
  name: 'change password',
  rule: 'member',
  limit: 'signIn',
  schema: changePasswordForm,
  run: async (input, staff) => {
    const changed = await change(accountDesk(), staff, input);
    if (changed.status === 'refused') return changed;
    if (changed.sessionToken !== null) await renewSessionCookie(changed.sessionToken);
    return { status: 'done' };
  },
  refuse: refuseForm,
});

/** A new password; every other browser is signed out, and this one goes on with another cookie. */
export async function changePassword(form: FormData): Promise<DoneResult> {
  return changesPassword(form);
}

const changesEmail = staffAction<typeof changeEmailForm, EmailChangeResult>({
  name: 'change e-mail',
  rule: 'member',
  limit: 'signIn',
  schema: changeEmailForm,
  run: (input, staff) => changeAddress(accountDesk(), staff, input),
  refuse: refuseForm,
});

/** Another address to sign in with, once it is confirmed from there. */
export async function changeEmail(form: FormData): Promise<EmailChangeResult> {
  return changesEmail(form);
}
