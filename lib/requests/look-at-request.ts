import { locateToken } from '@/lib/messages/locate-token';
import { isoTime } from '@/lib/messages/views';
import { encodeBase64url } from '@/lib/protocol/base64url';
import type { RequestLook } from './outcomes';
import type { RequestDesk, RequestRecord } from './ports';
import { toRowId } from './request-id';
import { conditionOf } from './views';

/** What the page of a request's link shows. Changes nothing, ever. */
export async function lookAtRequest(desk: RequestDesk, token: string): Promise<RequestLook> {
  const request = await findByLink(desk, token);
  if (request === null) return { status: 'unknown' };
  const condition = conditionOf(request);
  // That it was erased is nobody's business but the staff's: to a client it takes no more replies.
  if (condition === 'ended' || request.readers.length === 0) return { status: 'closed' };
  if (condition !== 'open' || request.publicKey === null) {
    return { status: condition === 'open' ? 'closed' : condition };
  }
  return {
    status: 'open',
    asked: {
      askedBy: request.createdBy?.name ?? null,
      question: request.question,
      fields: request.fields,
      readers: request.readers.map(({ name }) => name),
      expiresAt: isoTime(request.expiresAtMs),
      publicKey: encodeBase64url(request.publicKey),
    },
  };
}

/** The request of a link; null for a token that fits no live key, or has another purpose. */
export async function findByLink(desk: RequestDesk, token: string): Promise<RequestRecord | null> {
  const located = await locateToken(desk.keyring, token, (opened) => opened.purpose === 'request');
  if (located === null) return null;
  const { opened, epoch } = located;
  return desk.store.find({ id: toRowId(opened.requestId), epoch: epoch.id });
}
