/** How stored rows are told to people. */
import { isoTime } from '@/lib/messages/views';
import { encodeBase64url } from '@/lib/protocol/base64url';
import { sealRequestToken } from '@/lib/protocol/tokens';
import type { Inbox, InboxReply, ReplyEnding, RequestCondition, RequestSummary } from './outcomes';
import type { ListedRequest, OwnRequest, ReplyRecord, RequestDesk, RequestRecord } from './ports';
import { formatRowId, requestIdOfRow } from './request-id';

const DESTROYED_BY = { CLIENT: 'client', RESTORE: 'restore', REQUEST_END: 'request_end' } as const;

type Conditioned = Pick<
  RequestRecord,
  'state' | 'pastExpiry' | 'pastKeeping' | 'repliesAllowed' | 'placesTaken'
>;

export function conditionOf(request: Conditioned): RequestCondition {
  if (request.state === 'ENDED' || request.pastKeeping) return 'ended';
  if (request.state === 'CLOSED') return 'closed';
  if (request.placesTaken >= request.repliesAllowed) return 'full';
  return request.pastExpiry ? 'expired' : 'open';
}

/** How a reply ended, or null while it waits. A claimed one counts as opened. */
export function endingOf(
  reply: ReplyRecord,
  request: Pick<RequestRecord, 'pastKeeping' | 'keepUntilMs'>,
): ReplyEnding | null {
  switch (reply.state) {
    case 'SEALED':
      // Unread, and its time to be read is over, whether or not it was erased yet.
      return request.pastKeeping
        ? {
            kind: 'destroyed',
            // Of one that was kept closed meanwhile nobody can say that it was not read.
            by: reply.isRefused ? 'restore' : 'request_end',
            at: isoTime(request.keepUntilMs),
          }
        : null;
    case 'CLAIMED':
    case 'OPENED':
      return {
        kind: 'opened',
        by: reply.claimedBy?.name ?? null,
        at: isoTime(reply.claimedAtMs ?? reply.endedAtMs ?? reply.createdAtMs),
      };
    case 'DESTROYED':
      return {
        kind: 'destroyed',
        by: DESTROYED_BY[reply.destroyedBy ?? 'REQUEST_END'],
        at: isoTime(reply.endedAtMs ?? reply.createdAtMs),
      };
  }
}

/** @param accountId of the one who is looking */
export async function inboxOf(
  desk: RequestDesk,
  { request, replies, isManager, sealedSeed }: OwnRequest,
  accountId: string,
): Promise<Inbox> {
  const condition = conditionOf(request);
  const isOver = condition === 'ended';
  const { publicKey } = request;
  return {
    id: formatRowId(request.id),
    question: request.question,
    fields: request.fields,
    condition,
    createdBy: request.createdBy?.name ?? null,
    createdById: request.createdBy?.accountId ?? null,
    createdAt: isoTime(request.createdAtMs),
    expiresAt: isoTime(request.expiresAtMs),
    keepUntil: isoTime(request.keepUntilMs),
    repliesAllowed: request.repliesAllowed,
    placesTaken: request.placesTaken,
    readers: request.readers.map(({ accountId, name, email, isTold }) => ({
      accountId,
      name,
      email,
      isTold,
    })),
    readerLostAt:
      isManager && !isOver && request.readerLostAtMs !== null
        ? isoTime(request.readerLostAtMs)
        : null,
    replies: replies.map((reply) => inboxReplyOf(reply, request, accountId)),
    isManager,
    link: isOver ? null : await linkOf(desk, request),
    publicKey: isOver || publicKey === null ? null : encodeBase64url(publicKey),
    sealedSeed: isOver || sealedSeed === null ? null : encodeBase64url(sealedSeed),
  };
}

export function summaryOf(
  {
    request,
    repliesWaiting,
    repliesKeptClosed,
    repliesErased,
    readers,
    lastReplyAtMs,
  }: ListedRequest,
  accountId: string,
): RequestSummary {
  return {
    id: formatRowId(request.id),
    question: request.question,
    condition: conditionOf(request),
    createdBy: request.createdBy?.name ?? null,
    isMine: request.createdBy?.accountId === accountId,
    createdAt: isoTime(request.createdAtMs),
    expiresAt: isoTime(request.expiresAtMs),
    repliesAllowed: request.repliesAllowed,
    placesTaken: request.placesTaken,
    repliesWaiting: request.pastKeeping ? 0 : repliesWaiting,
    // Once the request's time is over they have ended, swept or not: see `endingOf`.
    repliesKeptClosed: request.pastKeeping ? 0 : repliesKeptClosed,
    repliesErased: repliesErased + (request.pastKeeping ? repliesKeptClosed : 0),
    readers,
    lastReplyAt: lastReplyAtMs === null ? null : isoTime(lastReplyAtMs),
  };
}

function inboxReplyOf(reply: ReplyRecord, request: RequestRecord, accountId: string): InboxReply {
  return {
    id: formatRowId(reply.id),
    seal: reply.seal,
    sentAt: isoTime(reply.createdAtMs),
    ending: endingOf(reply, request),
    isKeptClosed: isKeptClosed(reply, request),
    isRepeatable:
      reply.state === 'CLAIMED' &&
      reply.leaseRuns &&
      !reply.isRefused &&
      reply.claimedBy?.accountId === accountId,
  };
}

/** Whether it waits behind a database that was restored, until its owner decides. */
export function isKeptClosed(
  reply: ReplyRecord,
  request: Pick<RequestRecord, 'pastKeeping' | 'keepUntilMs'>,
): boolean {
  return reply.isRefused && endingOf(reply, request) === null;
}

/** The same link as when it was made: a token is a function of id and key. null without its key. */
async function linkOf(desk: RequestDesk, request: RequestRecord): Promise<string | null> {
  const epoch = (await desk.keyring.liveEpochs()).find(({ id }) => id === request.epoch);
  if (epoch === undefined) return null;
  const token = sealRequestToken(epoch.keys.tokenKey, requestIdOfRow(request.id));
  return `${desk.appUrl}/r/${token}`;
}
