/** What pages read when they are shown. Reading changes nothing; see the actions for what does. */
import 'server-only';
import { lookAtServerSealed as lookAtMessage } from '@/lib/messages/look-at-server-sealed';
import { lookAtStatus as lookAtMessageStatus } from '@/lib/messages/look-at-status';
import type { OpenState, StatusState } from '@/lib/messages/outcomes';
import { messageDesk } from './desk';
import { readForPage } from './read-for-page';
import { answerWith } from './request-context';

export async function lookAtServerSealed(linkToken: string): Promise<OpenState> {
  return look('open page', () => lookAtMessage(messageDesk(), linkToken));
}

export async function lookAtStatus(statusToken: string): Promise<StatusState> {
  return look('status page', () => lookAtMessageStatus(messageDesk(), statusToken));
}

async function look<Outcome extends { readonly status: string }>(
  at: string,
  read: () => Promise<Outcome>,
): Promise<
  Outcome | { readonly status: 'refused'; readonly refusal: 'too_many_requests' | 'look_failed' }
> {
  const found = await readForPage(at, read);
  if ('refusal' in found) return { status: 'refused', refusal: found.refusal };
  const outcome = found.value;
  if (outcome.status === 'unknown') answerWith(404);
  if (outcome.status === 'ended' || outcome.status === 'unreadable') answerWith(410);
  return outcome;
}
