'use server';

import { destroyFromStatus as destroy } from '@/lib/messages/destroy-message';
import type { StatusState } from '@/lib/messages/outcomes';
import { statusForm } from '@/lib/messages/schema';
import type { ReplyStatusState } from '@/lib/requests/outcomes';
import { withdrawReply as withdraw } from '@/lib/requests/reply-status';
import { replyStatusForm } from '@/lib/requests/schema';
import { messageDesk } from '@/lib/server/desk';
import { publicAction } from '@/lib/server/public-action';
import { requestDesk } from '@/lib/server/request-desk';

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

const withdraws = publicAction<typeof replyStatusForm, ReplyStatusState>({
  name: 'withdraw reply',
  limit: 'ask',
  schema: replyStatusForm,
  run: (input) => withdraw(requestDesk(), input.token),
  refuse: (refusals) => ({ status: 'refused', refusal: refusals[0].code }),
});

/** Destroys a reply for the client who sent it. Works without JavaScript. */
export async function withdrawReply(
  _previous: ReplyStatusState,
  form: FormData,
): Promise<ReplyStatusState> {
  return withdraws(form);
}
