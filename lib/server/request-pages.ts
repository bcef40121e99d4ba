/** What the pages of requests read when they are shown. Reading changes nothing. */
import 'server-only';
import { listColleagues, showRequest } from '@/lib/requests/inbox';
import { lookAtRequest as lookAt } from '@/lib/requests/look-at-request';
import { lookAtReply as lookAtStatus } from '@/lib/requests/reply-status';
import type {
  Colleague,
  InboxState,
  ReplyStatusState,
  RequestPageState,
} from '@/lib/requests/outcomes';
import { readForPage } from './read-for-page';
import { answerWith } from './request-context';
import { requestDesk } from './request-desk';

export async function lookAtRequest(token: string): Promise<RequestPageState> {
  const found = await readForPage('reply page', () => lookAt(requestDesk(), token));
  if ('refusal' in found) return { status: 'refused', refusal: found.refusal };
  const { status } = found.value;
  if (status !== 'open') answerWith(status === 'unknown' ? 404 : 410);
  return found.value;
}

/** null for a token that belongs to no reply: it may be that of a message. */
export async function lookAtReply(
  token: string,
): Promise<Exclude<ReplyStatusState, { status: 'unknown' }> | null> {
  const found = await readForPage('reply status page', () => lookAtStatus(requestDesk(), token));
  if ('refusal' in found) return { status: 'refused', refusal: found.refusal };
  return found.value.status === 'unknown' ? null : found.value;
}

export interface InboxReading {
  readonly state: InboxState;
  readonly colleagues: readonly Colleague[];
}

export async function readInbox(accountId: string, request: string): Promise<InboxReading> {
  const found = await readForPage(
    'inbox',
    async () => ({
      state: await showRequest(requestDesk(), accountId, request),
      colleagues: await listColleagues(requestDesk()),
    }),
    'staff',
  );
  if ('refusal' in found) {
    return { state: { status: 'refused', refusal: found.refusal }, colleagues: [] };
  }
  if (found.value.state.status === 'unknown') {
    answerWith(404);
    return { state: found.value.state, colleagues: [] };
  }
  return found.value;
}

/** null where they can't be read just now. */
export async function readColleagues(): Promise<readonly Colleague[] | null> {
  const found = await readForPage('new request', () => listColleagues(requestDesk()), 'staff');
  return 'refusal' in found ? null : found.value;
}
