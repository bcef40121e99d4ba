'use server';

import type { DoneResult } from '@/lib/accounts/outcomes';
import { refused } from '@/lib/accounts/refused';
import { policyForm } from '@/lib/accounts/schema';
import { savePolicy as save } from '@/lib/server/accounts/sending-policy';
import { refuseForm } from '@/lib/server/refuse-form';
import { staffAction } from '@/lib/server/staff-action';

const saves = staffAction<typeof policyForm, DoneResult>({
  name: 'save policy',
  rule: 'owner',
  limit: 'staff',
  schema: policyForm,
  run: async (policy, owner) =>
    (await save(owner.accountId, policy)) ? { status: 'done' } : refused('not_allowed'),
  refuse: refuseForm,
});

/** Decides what may be sent from now on. */
export async function savePolicy(form: FormData): Promise<DoneResult> {
  return saves(form);
}
