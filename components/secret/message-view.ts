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
  /** This tab claimed the message and may do so again: it was shown here, or may not have arrived. */
  | {
      readonly view: 'repeatable';
      readonly needsPassphrase: boolean;
      /** If it was shown here: until when it can be again, by this device's clock. */
      readonly heldUntil: number | null;
    }
  | { readonly view: 'opened'; readonly secret: Envelope; readonly again: Again }
  | { readonly view: 'hidden'; readonly byPerson: boolean }
  | { readonly view: 'shownBefore'; readonly openedAt: string }
  | { readonly view: 'ended'; readonly ending: Ending }
  | { readonly view: 'unknown' }
  | { readonly view: 'unreadable' }
  /** Part of the link is missing, and it may not be its key alone. */
  | { readonly view: 'incomplete' }
  | { readonly view: 'keyless' }
  | { readonly view: 'needsHttps' }
  /** Nothing is known yet, because looking failed. */
  | { readonly view: 'failed' };

/**
 * What can show an opened secret again: this tab until then (ISO 8601), the browser's own way of
 * posting a form once more for a short time, or nothing any more.
 */
export type Again = { readonly until: string } | 'posting' | null;

export interface Shown {
  readonly view: MessageView;
  readonly problem: OpenProblem | null;
}

export const show = (view: MessageView, problem: OpenProblem | null = null): Shown => ({
  view,
  problem,
});

export type OpenableView = Extract<MessageView, { view: 'waiting' | 'repeatable' }>;

export function canBeOpened(view: MessageView): view is OpenableView {
  return view.view === 'waiting' || view.view === 'repeatable';
}

/** The same, with what can show an opened secret again. */
export function withAgain(shown: Shown, again: Again): Shown {
  return shown.view.view === 'opened' ? { ...shown, view: { ...shown.view, again } } : shown;
}

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
