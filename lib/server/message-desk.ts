/** What pages read when they are shown. Reading changes nothing; see the actions for what does. */
import 'server-only';
import { lookAtServerSealed as lookAtMessage } from '@/lib/messages/look-at-server-sealed';
import { lookAtStatus as lookAtMessageStatus } from '@/lib/messages/look-at-status';
import type { OpenState, StatusState } from '@/lib/messages/outcomes';
import { withinLimit } from './limits';
import { messageDesk } from './desk';
import { logFailure } from './log-failure';
import { answerWith, clientAddress } from './request-context';

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
  Outcome | { readonly status: 'refused'; readonly refusal: 'too_many_requests' | 'unavailable' }
> {
  try {
    if (!(await withinLimit('ask', clientAddress()))) {
      answerWith(429);
      return { status: 'refused', refusal: 'too_many_requests' };
    }
    const outcome = await read();
    if (outcome.status === 'unknown') answerWith(404);
    if (outcome.status === 'ended') answerWith(410);
    return outcome;
  } catch (error) {
    logFailure(at, error);
    answerWith(503);
    return { status: 'refused', refusal: 'unavailable' };
  }
}
