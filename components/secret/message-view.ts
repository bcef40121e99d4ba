import { problemOfRefusal, type OpenProblem } from '@/components/secret/open-problem';
import type { Ending, KnockResult, OpenState } from '@/lib/messages/outcomes';
import type { Envelope } from '@/lib/protocol/envelope';

export interface WaitingView {
  readonly view: 'waiting';
  readonly needsPassphrase: boolean;
  readonly triesLeft: number | null;
  /** ISO 8601 */
  readonly expiresAt: string;
}

/** Everything that the open page can look like, whichever seal it is. */
export type MessageView =
  | { readonly view: 'looking' }
  | WaitingView
  /** This tab claimed the message, but nothing shows that it arrived. */
  | { readonly view: 'repeatable'; readonly needsPassphrase: boolean }
  | { readonly view: 'opened'; readonly secret: Envelope }
  | { readonly view: 'hidden'; readonly byPerson: boolean }
  | { readonly view: 'shownBefore'; readonly openedAt: string }
  | { readonly view: 'ended'; readonly ending: Ending }
  | { readonly view: 'unknown' }
  | { readonly view: 'unreadable' }
  | { readonly view: 'keyless' }
  | { readonly view: 'needsHttps' }
  /** Nothing is known yet, because looking failed. */
  | { readonly view: 'failed' };

export interface Shown {
  readonly view: MessageView;
  readonly problem: OpenProblem | null;
}

export const show = (view: MessageView, problem: OpenProblem | null = null): Shown => ({
  view,
  problem,
});

type Answer = Exclude<OpenState, { status: 'opened' }> | KnockResult;

/**
 * What an answer of the server looks like.
 *
 * @param before what was shown until now: a refusal that says nothing of the message leaves it
 */
export function showAnswer(answer: Answer, before: MessageView): Shown {
  switch (answer.status) {
    case 'waiting': {
      const { triesLeft, expiresAt } = answer;
      const refusal = 'refusal' in answer ? answer.refusal : null;
      const needsPassphrase = 'lock' in answer ? answer.lock !== null : answer.needsPassphrase;
      // The question itself says what `destroy_unconfirmed` would.
      const isQuestion = refusal === 'destroy_unconfirmed';
      return show(
        { view: 'waiting', needsPassphrase, triesLeft, expiresAt },
        refusal === null || isQuestion ? null : problemOfRefusal(refusal, triesLeft),
      );
    }
    case 'ended':
      return show({ view: 'ended', ending: answer.ending });
    case 'unknown':
    case 'unreadable':
      return show({ view: answer.status });
    case 'refused':
      return show(before, problemOfRefusal(answer.refusal, null));
  }
}
