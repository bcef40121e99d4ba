import { showAgain } from './inbox';
import type { InboxState } from './outcomes';
import type { RequestDesk } from './ports';
import { readRowId } from './request-id';

export interface NoticeChoice {
  readonly accountId: string;
  /** 16 hex digits */
  readonly request: string;
  readonly isTold: boolean;
}

/** A reader decides for themselves, and for nobody else, whether a mail tells them of replies. */
export async function chooseNotice(
  desk: RequestDesk,
  { accountId, request, isTold }: NoticeChoice,
): Promise<InboxState> {
  const requestId = readRowId(request);
  if (requestId === null) return { status: 'unknown' };
  const access = { accountId, requestId };
  const isChosen = await desk.store.setTold(access, isTold);
  const look = await showAgain(desk, access);
  // Where it has ended meanwhile its page says so; there was nothing left to choose.
  const hasEnded = look.status === 'known' && look.inbox.condition === 'ended';
  return isChosen || hasEnded ? look : { status: 'unknown' };
}
