/** What clients and staff can ask of requests. What the staff may do to one is a condition of its statement. */
import 'server-only';
import { tokenForm } from '@/lib/sealed/schema';
import { anyone, byCode, operation, type Refusals } from '@/lib/server/operation';
import { member } from '@/lib/server/accounts/current-staff';
import * as claims from './claim-reply';
import { createRequest as create } from './create';
import { lookAtRequest as findRequest } from './look-at-request';
import * as manage from './manage';
import type {
  ClaimReplyResult,
  CreateField,
  CreateResult,
  InboxState,
  ReplyResult,
  ReplyStatusState,
  RequestPageState,
} from './outcomes';
import * as readers from './readers';
import { lookAtReply as findReply, withdrawReply as withdraw } from './replies';
import { sealReplyOnServer, storeSealedReply } from './reply';
import {
  addReaderForm,
  claimReplyForm,
  createForm,
  extendForm,
  keepSeedForm,
  noticeForm,
  plainReplyForm,
  removeReaderForm,
  replyStatusForm,
  requestForm,
  sealedReplyForm,
} from './schema';

const byClient = { who: anyone, limit: 'reply', refuse: byCode } as const;
const looking = { who: anyone, limit: 'ask', isLook: true, refuse: byCode } as const;
const byStaff = { who: member, limit: 'staff', refuse: byCode } as const;

/** All that requests know of who is signed in. */
interface Member {
  readonly accountId: string;
}

/** What only says whether it was done: the browser that asked shows nothing of it. */
interface Done {
  readonly status: 'done' | 'refused';
}
const told = (isDone: boolean): Done => ({ status: isDone ? 'done' : 'refused' });
const refuseQuietly = (): Done => told(false);

/** Tells who has a request's link what it asks for. */
export const lookAtRequest = operation<typeof tokenForm, object, RequestPageState>({
  ...looking,
  name: 'look at request',
  schema: tokenForm,
  run: (context, { token }) => findRequest(context, token),
});

/** Tells a client what became of their reply. */
export const lookAtReply = operation<typeof tokenForm, object, ReplyStatusState>({
  ...looking,
  name: 'look at reply',
  schema: tokenForm,
  run: (context, { token }) => findReply(context, token),
});

export const replyOnServer = operation<typeof plainReplyForm, object, ReplyResult>({
  ...byClient,
  name: 'seal reply on the server',
  schema: plainReplyForm,
  run: sealReplyOnServer,
});

export const storeReply = operation<typeof sealedReplyForm, object, ReplyResult>({
  ...byClient,
  name: 'store sealed reply',
  schema: sealedReplyForm,
  run: storeSealedReply,
});

/** Destroys a reply for the client who sent it. */
export const withdrawReply = operation<typeof replyStatusForm, object, ReplyStatusState>({
  ...byClient,
  limit: 'ask',
  name: 'withdraw reply',
  schema: replyStatusForm,
  run: (context, { token }) => withdraw(context, token),
});

const FIELDS: readonly CreateField[] = ['question', 'fields', 'expiresIn', 'repliesAllowed'];

/** Stores a request whose keys the browser made. */
export const createRequest = operation<typeof createForm, Member, CreateResult>({
  ...byStaff,
  name: 'create request',
  schema: createForm,
  run: (context, request, { accountId }) => create(context, accountId, request),
  refuse: (refusals: Refusals) => ({
    status: 'refused',
    errors: Object.fromEntries(
      refusals.map(({ field, code }) => [FIELDS.find((name) => name === field) ?? 'form', code]),
    ),
  }),
});

/** Hands a sealed reply to the one browser that opens it. */
export const claimReply = operation<typeof claimReplyForm, Member, ClaimReplyResult>({
  ...byStaff,
  name: 'claim reply',
  schema: claimReplyForm,
  run: (context, input, { accountId }) => claims.claimReply(context, accountId, input),
});

/** Ends the claim of a reply that is on its reader's screen. */
export const acknowledgeReply = operation<typeof claimReplyForm, Member, Done>({
  ...byStaff,
  name: 'acknowledge reply',
  schema: claimReplyForm,
  run: async (context, input, { accountId }) =>
    told(await claims.acknowledgeReply(context, accountId, input)),
  refuse: refuseQuietly,
});

/** Lets a colleague read: their sealed copy of the seed was made in the browser. */
export const addReader = operation<typeof addReaderForm, Member, InboxState>({
  ...byStaff,
  name: 'add reader',
  schema: addReaderForm,
  run: (context, { request, ...reader }, { accountId }) =>
    readers.addReader(context, { accountId, request, reader }),
});

/** Keeps a seed as its reader's vault wrapped it, once it was opened. */
export const keepSeed = operation<typeof keepSeedForm, Member, Done>({
  ...byStaff,
  name: 'keep seed',
  schema: keepSeedForm,
  run: async (context, input, { accountId }) =>
    told(await readers.keepSeed(context, { ...input, accountId })),
  refuse: refuseQuietly,
});

export const removeReader = operation<typeof removeReaderForm, Member, InboxState>({
  ...byStaff,
  name: 'remove reader',
  schema: removeReaderForm,
  run: (context, { request, accountId: readerId }, { accountId }) =>
    readers.removeReader(context, { accountId, request, readerId }),
});

/** Whether a mail tells the reader who asks of replies. */
export const chooseNotice = operation<typeof noticeForm, Member, InboxState>({
  ...byStaff,
  name: 'choose notice',
  schema: noticeForm,
  run: (context, input, { accountId }) => readers.chooseNotice(context, { ...input, accountId }),
});

export const extendRequest = operation<typeof extendForm, Member, InboxState>({
  ...byStaff,
  name: 'extend request',
  schema: extendForm,
  run: (context, input, { accountId }) => manage.extendRequest(context, { ...input, accountId }),
});

export const closeRequest = operation<typeof requestForm, Member, InboxState>({
  ...byStaff,
  name: 'close request',
  schema: requestForm,
  run: (context, input, { accountId }) => manage.closeRequest(context, { ...input, accountId }),
});

export const destroyRequest = operation<typeof requestForm, Member, InboxState>({
  ...byStaff,
  name: 'destroy request',
  schema: requestForm,
  run: (context, input, { accountId }) => manage.destroyRequest(context, { ...input, accountId }),
});
