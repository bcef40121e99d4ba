import type { ShownTrouble } from '@/components/form/use-work';
import { troubleCodeOf } from '@/lib/browser/browser-trouble';
import type { LinkView } from '@/lib/browser/open-in-browser';
import type { ClaimResult, Ending, KnockResult, OpenState } from '@/lib/sealed/outcomes';
import type { Envelope } from '@/lib/protocol/envelope';
import type { RefusalCode } from '@/lib/refusal-code';
import { refusals, troubles } from '@/messages/en/errors';
import { open } from '@/messages/en/open';
import { fill } from '@/messages/fill';

type Ask<Result> = (form: FormData) => Promise<Result>;

/** The server actions of the open page, handed in by the page. */
export interface OpenActions {
  readonly openServerSealed: (previous: OpenState, form: FormData) => Promise<OpenState>;
  readonly knock: Ask<KnockResult>;
  readonly claimBrowserSealed: Ask<ClaimResult>;
  readonly destroyBrowserSealed: Ask<KnockResult>;
  readonly acknowledge: Ask<{ status: 'done' | 'refused' }>;
}

export interface WaitingView {
  readonly view: 'waiting';
  readonly needsPassphrase: boolean;
  readonly triesLeft: number | null;
  /** ISO 8601 */
  readonly expiresAt: string;
}

/** Everything that the open page can look like, whichever seal it is. */
export type MessageView =
  | LinkView
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
  | { readonly view: 'ended'; readonly ending: Ending }
  | { readonly view: 'unreadable' }
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

export type OpenStep = keyof typeof open.waiting.steps;

/** Why a secret was not opened, where to say so, and what helps. */
export interface OpenProblem {
  readonly field: 'passphrase' | 'form';
  readonly text: string;
  readonly remedy: 'retry' | 'reload' | null;
  /** A bug of the server, on a page that can show nothing for it. */
  readonly isOurs: boolean;
}

export function problemOfTrouble(code: ShownTrouble): OpenProblem {
  const isOurs = code === 'fault_in_look';
  const remedy = code === 'page_outdated' ? 'reload' : isOurs ? null : 'retry';
  return { field: 'form', text: troubles[code], remedy, isOurs };
}

/** The problem that an error makes; a cancelled work made none. */
export function problemOfThrown(error: unknown): OpenProblem | null {
  const code = troubleCodeOf(error);
  return code === 'cancelled' ? null : problemOfTrouble(code);
}

/** What helps against a refusal of the form as a whole; nothing where it is not named. */
const REMEDIES: Partial<Record<RefusalCode, NonNullable<OpenProblem['remedy']>>> = {
  too_many_requests: 'retry',
  busy: 'retry',
  unavailable: 'retry',
  look_failed: 'retry',
  input_malformed: 'reload',
};

const OF_PASSPHRASE: readonly RefusalCode[] = [
  'passphrase_wrong',
  'passphrase_missing',
  'passphrase_too_long',
];

/** @param triesLeft how many more passphrases may be wrong; null if unknown or none is needed */
export function problemOfRefusal(code: RefusalCode, triesLeft: number | null): OpenProblem {
  return {
    field: OF_PASSPHRASE.includes(code) ? 'passphrase' : 'form',
    text: textOf(code, triesLeft),
    remedy: REMEDIES[code] ?? null,
    isOurs: code === 'fault_in_look',
  };
}

function textOf(code: RefusalCode, triesLeft: number | null): string {
  const { passphrase, lastTry, wrongPassphrase } = open.waiting;
  if (code === 'passphrase_missing') return passphrase.missing;
  if (code !== 'passphrase_wrong' || triesLeft === null) return refusals[code];
  return triesLeft === 1 ? lastTry : fill(wrongPassphrase, { count: triesLeft });
}

/** A script submitted the form, or nothing tells that a person did. */
export const PRESS_YOURSELF: OpenProblem = {
  field: 'form',
  text: open.waiting.pressYourself,
  remedy: null,
  isOurs: false,
};
