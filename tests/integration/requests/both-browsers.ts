/** What the browsers of staff and clients do with a request, by the specification alone. */
import { randomBytes } from 'node:crypto';
import type { ExpiresIn } from '@/lib/messages/policy';
import { decodeBase64url } from '@/lib/protocol/base64url';
import { toRequestPublicKey, type RequestPublicKey } from '@/lib/protocol/bytes';
import { decodeEnvelope, type Envelope } from '@/lib/protocol/envelope';
import { openReply, sealReply } from '@/lib/protocol/reply';
import { createRequestKeys, openRequestSeed, sealRequestSeed } from '@/lib/protocol/request-keys';
import { createRequest } from '@/lib/requests/create-request';
import { showRequest } from '@/lib/requests/inbox';
import { acknowledgeReply, claimReply } from '@/lib/requests/open-reply';
import type { ClaimReplyResult, Inbox, InboxReply, ReplyResult } from '@/lib/requests/outcomes';
import type { RequestDesk } from '@/lib/requests/ports';
import { storeSealedReply } from '@/lib/requests/reply';
import { replyEnvelope } from '@/lib/requests/reply-envelope';
import type { FieldDefinition } from '@/lib/secrets/field-rules';
import { newNonce, tokenOf } from '../desk';
import type { TestStaff } from './request-desk';

export interface TestRequest {
  /** 16 hex digits */
  readonly id: string;
  readonly token: string;
  readonly publicKey: RequestPublicKey;
  readonly fields: readonly FieldDefinition[];
}

export async function askFor(
  desk: RequestDesk,
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
  const { seed, publicKey } = await createRequestKeys();
  const result = await createRequest(desk, creator.accountId, {
    question: 'What is the password?',
    fields,
    expiresIn,
    repliesAllowed,
    publicKey,
    readers: await Promise.all(
      readers.map(async ({ accountId, vault }) => ({
        accountId,
        isTold: told.some((staff) => staff.accountId === accountId),
        sealedSeed: await sealRequestSeed(seed, publicKey, vault.publicKey),
      })),
    ),
  });
  if (result.status !== 'created') throw new Error('The request was refused.');
  return { id: result.id, token: tokenOf(result.link), publicKey, fields };
}

/** A client with a script. */
export async function replyInBrowser(
  desk: RequestDesk,
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
  desk: RequestDesk,
  { accountId }: TestStaff,
  { id }: Pick<TestRequest, 'id'>,
): Promise<Inbox> {
  const state = await showRequest(desk, accountId, id);
  if (state.status !== 'known') throw new Error('The request is not known.');
  return state.inbox;
}

export async function firstReply(
  desk: RequestDesk,
  staff: TestStaff,
  request: TestRequest,
): Promise<InboxReply> {
  const [reply] = (await inboxFor(desk, staff, request)).replies;
  if (reply === undefined) throw new Error('There is no reply.');
  return reply;
}

export function claimAs(
  desk: RequestDesk,
  { accountId }: TestStaff,
  request: { readonly id: string },
  reply: { readonly id: string },
  nonce = newNonce(),
): Promise<ClaimReplyResult> {
  return claimReply(desk, accountId, { request: request.id, reply: reply.id, nonce });
}

export function acknowledgeAs(
  desk: RequestDesk,
  { accountId }: TestStaff,
  request: { readonly id: string },
  reply: { readonly id: string },
  nonce: string,
): Promise<boolean> {
  return acknowledgeReply(desk, accountId, { request: request.id, reply: reply.id, nonce });
}

/** What a reader's browser makes of a claimed reply. */
export async function decryptAs(
  desk: RequestDesk,
  staff: TestStaff,
  request: TestRequest,
  sealedReply: string,
): Promise<Envelope> {
  const inbox = await inboxFor(desk, staff, request);
  const publicKey = toRequestPublicKey(decodeBase64url(inbox.publicKey ?? ''));
  const sealedSeed = decodeBase64url(inbox.sealedSeed ?? '');
  const seed = await openRequestSeed(sealedSeed, publicKey, staff.vault.seed);
  return decodeEnvelope(await openReply(decodeBase64url(sealedReply), seed, publicKey));
}

/** An id that belongs to nothing. */
export function guessedId(): string {
  return randomBytes(8).toString('hex');
}
