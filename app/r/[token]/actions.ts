'use server';

import type { ReplyFormState, ReplyResult } from '@/lib/requests/outcomes';
import { sealReplyOnServer, storeSealedReply as store } from '@/lib/requests/reply';
import { plainReplyForm, sealedReplyForm } from '@/lib/requests/schema';
import type { Refusal } from '@/lib/server/form-action';
import { publicAction } from '@/lib/server/public-action';
import { requestDesk } from '@/lib/server/request-desk';

const seals = publicAction<typeof plainReplyForm, ReplyResult>({
  name: 'seal reply on the server',
  limit: 'reply',
  schema: plainReplyForm,
  run: (input) => sealReplyOnServer(requestDesk(), input),
  refuse: refused,
});

/** What the reply form does by itself, without JavaScript. */
export async function replyOnServer(
  _previous: ReplyFormState,
  form: FormData,
): Promise<ReplyFormState> {
  return seals(form);
}

const stores = publicAction<typeof sealedReplyForm, ReplyResult>({
  name: 'store sealed reply',
  limit: 'reply',
  schema: sealedReplyForm,
  run: (input) => store(requestDesk(), input),
  refuse: refused,
});

/** Takes a reply that this server can't read. */
export async function storeSealedReply(form: FormData): Promise<ReplyResult> {
  return stores(form);
}

function refused([{ code }]: readonly [Refusal, ...Refusal[]]): ReplyResult {
  return { status: 'refused', refusal: code };
}
