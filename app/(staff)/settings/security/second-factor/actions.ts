'use server';

import type { DoneResult, SecondFactorStart } from '@/lib/accounts/outcomes';
import {
  codeListForm,
  confirmSecondFactorForm,
  passwordForm,
  personForm,
} from '@/lib/accounts/schema';
import {
  confirmSecondFactor as confirm,
  renewSecondFactorCodes as renew,
  startSecondFactor as start,
  turnOffSecondFactor as turnOff,
} from '@/lib/accounts/second-factor-setup';
import { qrPath } from '@/lib/qr-path';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { refuseForm } from '@/lib/server/refuse-form';
import { staffAction } from '@/lib/server/staff-action';

const starts = staffAction<typeof passwordForm, SecondFactorStart>({
  name: 'start second factor',
  rule: 'member',
  limit: 'signIn',
  schema: passwordForm,
  run: async ({ signInKey }, staff) => {
    const started = await start(accountDesk(), staff, signInKey);
    if (started.status === 'refused') return started;
    const { base32, uri } = started.secret;
    return { status: 'started', base32, uri, qr: qrPath(uri) };
  },
  refuse: refuseForm,
});

/** A secret for one's authenticator app, not in force yet. */
export async function startSecondFactor(form: FormData): Promise<SecondFactorStart> {
  return starts(form);
}

const confirms = staffAction<typeof confirmSecondFactorForm, DoneResult>({
  name: 'confirm second factor',
  rule: 'member',
  limit: 'staff',
  schema: confirmSecondFactorForm,
  run: (input, staff) => confirm(accountDesk(), staff, input),
  refuse: refuseForm,
});

/** Puts the secret in force by a code of the app, with the list that was kept. */
export async function confirmSecondFactor(form: FormData): Promise<DoneResult> {
  return confirms(form);
}

const renews = staffAction<typeof codeListForm, DoneResult>({
  name: 'renew second factor codes',
  rule: 'member',
  limit: 'signIn',
  schema: codeListForm,
  run: (input, staff) => renew(accountDesk(), staff, input),
  refuse: refuseForm,
});

/** Puts a new list of codes that stand in for the app in force, once it was kept. */
export async function renewSecondFactorCodes(form: FormData): Promise<DoneResult> {
  return renews(form);
}

const turnsOff = staffAction<typeof personForm, DoneResult>({
  name: 'turn off second factor',
  rule: 'member',
  limit: 'signIn',
  schema: personForm,
  run: (input, staff) => turnOff(accountDesk(), staff, input),
  refuse: refuseForm,
});

export async function turnOffSecondFactor(form: FormData): Promise<DoneResult> {
  return turnsOff(form);
}
