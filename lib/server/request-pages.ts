/** What the pages of requests read when they are shown. Reading changes nothing. */
import 'server-only';
import { lookAtRequest as lookAt } from '@/lib/requests/look-at-request';
import { lookAtReply as lookAtStatus } from '@/lib/requests/reply-status';
import type { ReplyStatusState, RequestPageState } from '@/lib/requests/outcomes';
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
