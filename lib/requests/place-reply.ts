import { isoTime } from '@/lib/messages/views';
import { wrapReplyAtRest } from '@/lib/protocol/reply-at-rest';
import { sealReplyStatusToken } from '@/lib/protocol/tokens';
import type { RefusalCode } from '@/lib/refusal-code';
import { findByLink } from './look-at-request';
import type { ReplyResult, ReplySeal } from './outcomes';
import type { NewReplyVerdict, RequestDesk, RequestRecord } from './ports';
import { replyIdOf, replyIdOfRow, requestIdOfRow, toRowId } from './request-id';
import { conditionOf } from './views';

export interface ReplyToPlace {
  /** Of the request's link. */
  readonly token: string;
  /** base64url, 22 characters: makes the reply one, however often it arrives. */
  readonly nonce: string;
  readonly seal: ReplySeal;
}

/** The sealed reply; or why there is none. */
export type MadeReply = Uint8Array | { readonly refusal: RefusalCode };

const MAX_ATTEMPTS = 4;

const REFUSALS = {
  full: 'replies_full',
  closed: 'request_closed',
  expired: 'request_expired',
  ended: 'request_closed',
} as const satisfies Record<string, RefusalCode>;

/**
 * Wraps a sealed reply at rest and puts it into one of the places that its
 * request allows. Of two replies for the last place one is accepted and one told.
 *
 * @param make the sealed reply, once the request is known; or why there is none
 * @throws whatever the store throws; then nothing was stored
 */
export async function placeReply(
  desk: RequestDesk,
  { token, nonce, seal }: ReplyToPlace,
  make: (request: OpenRequest) => Promise<MadeReply>,
): Promise<ReplyResult> {
  const replyId = await replyIdOf(nonce);
  const id = toRowId(replyId);
  let made: Uint8Array | null = null;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const request = await findByLink(desk, token);
    if (request === null) return { status: 'unknown' };
    const { publicKey } = request;
    const condition = conditionOf(request);
    if (condition !== 'open' || publicKey === null) {
      return refuseOrRepeat(desk, request, id, condition === 'open' ? 'closed' : condition);
    }
    const sealed: MadeReply = made ?? (await make({ ...request, publicKey }));
    if ('refusal' in sealed) return { status: 'refused', refusal: sealed.refusal };
    made = sealed;

    const epoch = await desk.keyring.sealingEpoch(request.keepUntilMs, Infinity);
    const requestId = requestIdOfRow(request.id);
    const verdict = await desk.store.insertReply({
      id,
      epoch: epoch.id,
      requestId: request.id,
      seal,
      wrappedCiphertext: await wrapReplyAtRest(epoch.keys.atRestKey, sealed, {
        replyId,
        requestId,
      }),
      keptUntilMs: request.keepUntilMs,
    });
    if (verdict === 'extended') continue;
    if (verdict !== 'accepted' && verdict !== 'repeated') {
      return refuseOrRepeat(desk, request, id, verdict ?? 'closed');
    }
    if (verdict === 'accepted') await desk.noticeReplies(request.id);
    return (await findSent(desk, request, id)) ?? { status: 'unknown' };
  }
  throw new Error('A request was extended several times while a reply came.');
}

/** A request that takes replies. */
export interface OpenRequest extends RequestRecord {
  readonly publicKey: Uint8Array;
}

/** A form whose first answer was lost is told that it was sent, also where it took the last place. */
async function refuseOrRepeat(
  desk: RequestDesk,
  request: RequestRecord,
  id: bigint,
  why: Exclude<NewReplyVerdict, 'accepted' | 'repeated' | 'extended'> | 'ended',
): Promise<ReplyResult> {
  const sent = await findSent(desk, request, id);
  return sent ?? { status: 'refused', refusal: REFUSALS[why] };
}

async function findSent(
  desk: RequestDesk,
  request: RequestRecord,
  id: bigint,
): Promise<ReplyResult | null> {
  for (const epoch of await desk.keyring.liveEpochs()) {
    const found = await desk.store.findReply({ id, epoch: epoch.id });
    if (found?.request.id !== request.id) continue;
    // A form that comes out of the browser's history: what was taken back does not come again.
    if (found.reply.destroyedBy === 'CLIENT') {
      return { status: 'refused', refusal: 'reply_taken_back' };
    }
    const statusToken = sealReplyStatusToken(epoch.keys.tokenKey, replyIdOfRow(id));
    return {
      status: 'sent',
      statusLink: `${desk.appUrl}/s/${statusToken}`,
      sentAt: isoTime(found.reply.createdAtMs),
      readers: found.request.readers.map(({ name }) => name),
      seal: found.reply.seal,
    };
  }
  return null;
}
