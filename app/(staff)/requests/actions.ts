'use server';

import type {
  ClaimReplyResult,
  CreateErrors,
  CreateField,
  CreateResult,
  InboxState,
} from '@/lib/requests/outcomes';
import { chooseNotice as choose } from '@/lib/requests/choose-notice';
import { createRequest as create } from '@/lib/requests/create-request';
import * as manage from '@/lib/requests/manage-request';
import { acknowledgeReply as acknowledge, claimReply as claim } from '@/lib/requests/open-reply';
import {
  addReaderForm,
  claimReplyForm,
  createForm,
  extendForm,
  keepSeedForm,
  noticeForm,
  removeReaderForm,
  requestForm,
} from '@/lib/requests/schema';
import type { Refusal } from '@/lib/server/form-action';
import { requestDesk } from '@/lib/server/request-desk';
import { staffAction } from '@/lib/server/staff-action';

const creates = staffAction<typeof createForm, CreateResult>({
  name: 'create request',
  rule: 'member',
  limit: 'staff',
  schema: createForm,
  run: (request, { accountId }) => create(requestDesk(), accountId, request),
  refuse: (refusals) => ({ status: 'refused', errors: fieldErrors(refusals) }),
});

/** Stores a request whose keys the browser made. */
export async function createRequest(form: FormData): Promise<CreateResult> {
  return creates(form);
}

const claims = staffAction<typeof claimReplyForm, ClaimReplyResult>({
  name: 'claim reply',
  rule: 'member',
  limit: 'staff',
  schema: claimReplyForm,
  run: (input, { accountId }) => claim(requestDesk(), accountId, input),
  refuse: refused,
});

/** Hands a sealed reply to the one browser that opens it. */
export async function claimReply(form: FormData): Promise<ClaimReplyResult> {
  return claims(form);
}

const acknowledges = staffAction<typeof claimReplyForm, { status: 'done' | 'refused' }>({
  name: 'acknowledge reply',
  rule: 'member',
  limit: 'staff',
  schema: claimReplyForm,
  run: async (input, { accountId }) => ({
    status: (await acknowledge(requestDesk(), accountId, input)) ? 'done' : 'refused',
  }),
  refuse: () => ({ status: 'refused' }),
});

/** Ends the claim of a reply that is on its reader's screen. */
export async function acknowledgeReply(form: FormData): Promise<{ status: 'done' | 'refused' }> {
  return acknowledges(form);
}

const adds = staffAction<typeof addReaderForm, InboxState>({
  name: 'add reader',
  rule: 'member',
  limit: 'staff',
  schema: addReaderForm,
  run: ({ request, ...reader }, { accountId }) =>
    manage.addReader(requestDesk(), { accountId, request, reader }),
  refuse: refused,
});

/** Lets a colleague read: their sealed copy of the seed was made in the browser. */
export async function addReader(form: FormData): Promise<InboxState> {
  return adds(form);
}

const keeps = staffAction<typeof keepSeedForm, { status: 'done' | 'refused' }>({
  name: 'keep seed',
  rule: 'member',
  limit: 'staff',
  schema: keepSeedForm,
  run: async (input, { accountId }) => ({
    status: (await manage.keepSeed(requestDesk(), { ...input, accountId })) ? 'done' : 'refused',
  }),
  refuse: () => ({ status: 'refused' }),
});

/** Keeps a seed as its reader's vault wrapped it, once it was opened. */
export async function keepSeed(form: FormData): Promise<{ status: 'done' | 'refused' }> {
  return keeps(form);
}

const removes = staffAction<typeof removeReaderForm, InboxState>({
  name: 'remove reader',
  rule: 'member',
  limit: 'staff',
  schema: removeReaderForm,
  run: ({ request, accountId: readerId }, { accountId }) =>
    manage.removeReader(requestDesk(), { accountId, request, readerId }),
  refuse: refused,
});

export async function removeReader(form: FormData): Promise<InboxState> {
  return removes(form);
}

const choosesNotice = staffAction<typeof noticeForm, InboxState>({
  name: 'choose notice',
  rule: 'member',
  limit: 'staff',
  schema: noticeForm,
  run: (input, { accountId }) => choose(requestDesk(), { ...input, accountId }),
  refuse: refused,
});

/** Whether a mail tells the reader who asks of replies. */
export async function chooseNotice(form: FormData): Promise<InboxState> {
  return choosesNotice(form);
}

const extendsLife = staffAction<typeof extendForm, InboxState>({
  name: 'extend request',
  rule: 'member',
  limit: 'staff',
  schema: extendForm,
  run: (input, { accountId }) => manage.extendRequest(requestDesk(), { ...input, accountId }),
  refuse: refused,
});

export async function extendRequest(form: FormData): Promise<InboxState> {
  return extendsLife(form);
}

const closes = staffAction<typeof requestForm, InboxState>({
  name: 'close request',
  rule: 'member',
  limit: 'staff',
  schema: requestForm,
  run: (input, { accountId }) => manage.closeRequest(requestDesk(), { ...input, accountId }),
  refuse: refused,
});

export async function closeRequest(form: FormData): Promise<InboxState> {
  return closes(form);
}

const destroys = staffAction<typeof requestForm, InboxState>({
  name: 'destroy request',
  rule: 'member',
  limit: 'staff',
  schema: requestForm,
  run: (input, { accountId }) => manage.destroyRequest(requestDesk(), { ...input, accountId }),
  refuse: refused,
});

export async function destroyRequest(form: FormData): Promise<InboxState> {
  return destroys(form);
}

function refused([{ code }]: readonly [Refusal, ...Refusal[]]): {
  status: 'refused';
  refusal: Refusal['code'];
} {
  return { status: 'refused', refusal: code };
}

const FIELDS: readonly CreateField[] = ['question', 'fields', 'expiresIn', 'repliesAllowed'];

function fieldErrors(refusals: readonly Refusal[]): CreateErrors {
  return Object.fromEntries(
    refusals.map(({ field, code }) => [FIELDS.find((name) => name === field) ?? 'form', code]),
  );
}
