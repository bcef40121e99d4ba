'use server';

import { destroyFromStatus as destroy } from '@/lib/messages/destroy-message';
import type { StatusState } from '@/lib/messages/outcomes';
import { statusForm } from '@/lib/messages/schema';
import { messageDesk } from '@/lib/server/desk';
import { publicAction } from '@/lib/server/public-action';

const destroys = publicAction<typeof statusForm, StatusState>({
  name: 'destroy from status',
  limit: 'ask',
  schema: statusForm,
  run: (input) => destroy(messageDesk(), input.token),
  refuse: (refusals) => ({ status: 'refused', refusal: refusals[0].code }),
});

/** Destroys a message for its sender. Works without JavaScript. */
export async function destroyFromStatus(
  _previous: StatusState,
  form: FormData,
): Promise<StatusState> {
  return destroys(form);
}
