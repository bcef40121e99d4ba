/** What the browsers of staff and clients do with a request, by the specification alone. */
import { randomBytes } from 'node:crypto';
import { makeRequest, openRequest, type OpenedRequest } from '@/lib/browser/requests/request-seed';
import type { ExpiresIn } from '@/lib/sealed/policy';
import { listDashboard } from '@/lib/dashboard/list-dashboard';
import type { DashboardRow } from '@/lib/dashboard/outcomes';
import type { Shown } from '@/lib/dashboard/query';
import { decodeBase64url, toRequestPublicKey, type RequestPublicKey } from '@/lib/protocol/bytes';
import { decodeEnvelope, type Envelope } from '@/lib/protocol/envelope';
import { openReply, sealReply } from '@/lib/protocol/reply';
import { acknowledgeReply, claimReply } from '@/lib/requests/claim-reply';
import { createRequest } from '@/lib/requests/create';
import { showRequest } from '@/lib/requests/inbox';
import { listColleagues } from '@/lib/requests/readers';
import { storeSealedReply } from '@/lib/requests/reply';
import type { ClaimReplyResult, Inbox, InboxReply, ReplyResult } from '@/lib/requests/outcomes';
import { replyEnvelope } from '@/lib/requests/reply-envelope';
import { createForm } from '@/lib/requests/schema';
import type { FieldDefinition } from '@/lib/secrets/field-rules';
import type { Context } from '@/lib/server/context';
import { newNonce, tokenOf } from '../desk';
import { colleagueOf, type TestStaff } from './request-desk';

export interface TestRequest {
  /** 16 hex digits */
  readonly id: string;
  readonly token: string;
  readonly publicKey: RequestPublicKey;
  /** What stands behind the `#` of its link. */
  readonly fingerprint: string;
  readonly fields: readonly FieldDefinition[];
}

export async function askFor(
  desk: Context,
  creator: TestStaff,
  {
    readers = [creator],
    fields = [],
    repliesAllowed = 1,
    expiresIn = '1h',
    told = [],
  }: {
    readers?: readonly TestStaff[];
    fields?: readonly FieldDefinition[];
    repliesAllowed?: number;
    expiresIn?: ExpiresIn;
    /** By mail, when a reply arrives. */
    told?: readonly TestStaff[];
  } = {},
): Promise<TestRequest> {
  const isTold = ({ accountId }: TestStaff) => told.some((staff) => staff.accountId === accountId);
  const terms = { question: 'What is the password?', fields: JSON.stringify(fields) };
  const { fingerprint, ...made } = await makeRequest(
    { ...creator, isTold: isTold(creator) },
    readers
      .filter(({ accountId }) => accountId !== creator.accountId)
      .map((reader) => ({ ...colleagueOf(reader), isTold: isTold(reader) })),
    terms,
  );
  const order = createForm.parse({
    ...terms,
    ...made,
    expiresIn,
    repliesAllowed: String(repliesAllowed),
  });
  const result = await createRequest(desk, creator.accountId, order);
  if (result.status !== 'created') throw new Error('The request was refused.');
  const publicKey = toRequestPublicKey(order.publicKey);
  return { id: result.id, token: tokenOf(result.link), publicKey, fingerprint, fields };
}

/** What a reader's browser makes of what the server tells of a request. */
export async function openAs(
  desk: Context,
  staff: TestStaff,
  request: Pick<TestRequest, 'id'>,
): Promise<OpenedRequest | 'altered' | null> {
  const inbox = await inboxFor(desk, staff, request);
  const [publicKey, sealedSeed] = [inbox.publicKey ?? '', inbox.sealedSeed ?? ''];
  return openRequest({ ...inbox, publicKey, sealedSeed }, staff.vault, await listColleagues(desk));
}

/** A client with a script. */
export async function replyInBrowser(
  desk: Context,
  { token, publicKey, fields }: TestRequest,
  values: readonly string[] = ['the reply'],
  nonce = newNonce(),
): Promise<ReplyResult> {
  const envelope = replyEnvelope(fields, values);
  if ('refusal' in envelope) throw new Error(envelope.refusal);
  const sealedReply = await sealReply(envelope, publicKey);
  return storeSealedReply(desk, { token, nonce, sealedReply });
}

export async function inboxFor(
  desk: Context,
  { accountId }: TestStaff,
  { id }: Pick<TestRequest, 'id'>,
): Promise<Inbox> {
  const state = await showRequest(desk, accountId, id);
  if (state.status !== 'known') throw new Error('The request is not known.');
  return state.inbox;
}

export async function firstReply(
  desk: Context,
  staff: TestStaff,
  request: TestRequest,
): Promise<InboxReply> {
  const [reply] = (await inboxFor(desk, staff, request)).replies;
  if (reply === undefined) throw new Error('There is no reply.');
  return reply;
}

export function claimAs(
  desk: Context,
  { accountId }: TestStaff,
  request: { readonly id: string },
  reply: { readonly id: string },
  nonce = newNonce(),
): Promise<ClaimReplyResult> {
  return claimReply(desk, accountId, { request: request.id, reply: reply.id, nonce });
}

export function acknowledgeAs(
  desk: Context,
  { accountId }: TestStaff,
  request: { readonly id: string },
  reply: { readonly id: string },
  nonce: string,
): Promise<boolean> {
  return acknowledgeReply(desk, accountId, { request: request.id, reply: reply.id, nonce });
}

/** What a reader's browser makes of a claimed reply. */
export async function decryptAs(
  desk: Context,
  staff: TestStaff,
  request: TestRequest,
  sealedReply: string,
): Promise<Envelope> {
  const opened = await openAs(desk, staff, request);
  if (opened === null || opened === 'altered') throw new Error('The vault opens no such request.');
  const { seed, publicKey } = opened;
  return decodeEnvelope(await openReply(decodeBase64url(sealedReply), seed, publicKey));
}

/** Requests in the list of one of the staff. */
export async function listedFor(
  desk: Context,
  { accountId }: TestStaff,
  show: Shown = 'all',
): Promise<readonly DashboardRow[]> {
  return (await listDashboard(desk, accountId, { show, kind: 'requests', after: null })).rows;
}

/** An id that belongs to nothing. */
export function guessedId(): string {
  return randomBytes(8).toString('hex');
}
