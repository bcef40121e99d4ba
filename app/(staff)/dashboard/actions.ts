'use server';

import { destroySent as destroy } from '@/lib/dashboard/destroy-sent';
import type { DestroyState } from '@/lib/dashboard/outcomes';
import { destroySentForm } from '@/lib/messages/schema';
import { dashboardDesk } from '@/lib/server/dashboard-desk';
import { staffAction } from '@/lib/server/staff-action';

const destroys = staffAction<typeof destroySentForm, DestroyState>({
  name: 'destroy sent',
  rule: 'member',
  limit: 'staff',
  schema: destroySentForm,
  run: ({ token }, staff) => destroy(dashboardDesk(), staff.accountId, token),
  refuse: ([{ code }]) => ({ status: 'refused', refusal: code }),
});

/** Destroys a secret from its sender's list. Works without JavaScript. */
export async function destroySent(_previous: DestroyState, form: FormData): Promise<DestroyState> {
  return destroys(form);
}
