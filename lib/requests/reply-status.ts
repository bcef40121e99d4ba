/** A client's own page about a reply: what became of it, and taking it back unread. */
import { locateToken } from '@/lib/messages/locate-token';
import { isoTime } from '@/lib/messages/views';
import type { ReplyReader, ReplyStatusState } from './outcomes';
import type { Address, ClientsReply, RequestDesk } from './ports';
import { toRowId } from './request-id';
import { endingOf, isKeptClosed } from './views';

/** Changes nothing. Unknown, too, for a token of another purpose. */
export async function lookAtReply(desk: RequestDesk, token: string): Promise<ReplyStatusState> {
  return tell(desk, token, (address) => desk.store.findReply(address));
}

/** Destroys a reply for the client who sent it; what was opened stays so, and its lease ends. */
export async function withdrawReply(desk: RequestDesk, token: string): Promise<ReplyStatusState> {
  return tell(desk, token, (address) => desk.store.withdrawReply(address));
}

async function tell(
  desk: RequestDesk,
  token: string,
  ask: (address: Address) => Promise<ClientsReply | null>,
): Promise<ReplyStatusState> {
  const located = await locateToken(
    desk.keyring,
    token,
    (opened) => opened.purpose === 'replyStatus',
  );
  if (located === null) return { status: 'unknown' };
  const { opened, epoch } = located;
  const found = await ask({ id: toRowId(opened.replyId), epoch: epoch.id });
  if (found === null) return { status: 'unknown' };
  const { reply, request } = found;
  const ending = endingOf(reply, request);
  return {
    status: 'known',
    askedBy: request.createdBy?.name ?? null,
    question: request.question,
    seal: reply.seal,
    sentAt: isoTime(reply.createdAtMs),
    keepUntil: isoTime(request.keepUntilMs),
    readers: ending === null ? readersOf(found) : [],
    ending,
    isKeptClosed: isKeptClosed(reply, request),
    refusal: null,
  };
}

/** Who came after the reply did is shown since when. */
function readersOf({ reply, request }: ClientsReply): ReplyReader[] {
  return request.readers
    .toSorted((one, other) => one.sinceMs - other.sinceMs)
    .map(({ name, sinceMs }) => ({
      name,
      since: sinceMs > reply.createdAtMs ? isoTime(sinceMs) : null,
    }));
}
