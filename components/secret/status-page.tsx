'use client';

import { useActionState, useEffect, useState, type ReactNode } from 'react';
import { useWork, type ShownTrouble } from '@/components/form/use-work';
import { ArrivingHeading } from '@/components/ui/arriving-heading';
import { IrreversibleForm } from '@/components/ui/irreversible-act';
import { Notice, Problem } from '@/components/ui/notice';
import type { QuestionWords } from '@/components/ui/question';
import { askAgain } from '@/lib/browser/ask-server';
import type { Act } from '@/lib/browser/browser-trouble';
import { isPersonPressing, watchForGestures } from '@/lib/browser/user-gesture';
import type { RefusalCode } from '@/lib/refusal-code';
import { refusals, troubles } from '@/messages/en/errors';

/** What is answered to an act that destroys: a secret by its page or from the list, or a reply. */
interface Answer {
  readonly status: string;
  readonly refusal?: RefusalCode | null;
}

export interface Destroying<State extends Answer> {
  /** The latest answer, however it was asked for. */
  readonly state: State;
  /** What the script was answered; null before it asked, and where the form posted itself. */
  readonly answered: State | null;
  /** In a person's words; null when nothing is wrong. */
  readonly problem: string | null;
  /** Whether the form was posted, without a script, to be asked. */
  readonly wasAsked: boolean;
  readonly wasPressed: boolean;
  /** For the form before the script runs. */
  readonly formAction: (form: FormData) => void;
  readonly destroy: (form: HTMLFormElement) => void;
  readonly isDestroying: boolean;
}

/** A button that destroys: what its page was printed with, and what came of pressing it. */
export function useDestroying<State extends Answer>(
  name: Act,
  act: (previous: State, form: FormData) => Promise<State>,
  initial: Awaited<State>,
): Destroying<State> {
  const [posted, formAction] = useActionState<State, FormData>(act, initial);
  const [answered, setAnswered] = useState<State | null>(null);
  const { run, step, trouble } = useWork<'destroying'>();
  const state = answered ?? posted;
  const wasAsked = isAsking(state);
  return {
    state,
    answered,
    problem: problemOf(state, trouble),
    wasAsked,
    wasPressed: !wasAsked && (answered !== null || posted !== initial),
    formAction,
    destroy: (form) =>
      void run('destroying', async () => {
        const fields = new FormData(form);
        fields.set('intent', 'destroy');
        setAnswered(await askAgain(name, () => act(initial, fields)));
      }),
    isDestroying: step !== null,
  };
}

function isAsking({ refusal }: Answer): boolean {
  return refusal === 'destroy_unconfirmed';
}

function problemOf(state: Answer, trouble: ShownTrouble | null): string | null {
  if (trouble !== null) return troubles[trouble];
  const { refusal = null } = state;
  return refusal === null || isAsking(state) ? null : refusals[refusal];
}

/** What is known. A refusal says nothing of the matter, so what was known before stays on the page. */
export function knownOf<State extends Answer>(
  ...states: readonly State[]
): Extract<State, { status: 'known' }> | undefined {
  return states.find(isKnown<State>);
}

function isKnown<State extends Answer>(state: State): state is Extract<State, { status: 'known' }> {
  return state.status === 'known';
}

export interface StatusPageProps<Key extends string> {
  /** Of the status page, not the link's. */
  readonly statusToken: string;
  readonly work: Omit<Destroying<Answer>, 'state' | 'answered'>;
  readonly words: {
    readonly heading: Readonly<Record<Key, string>>;
    readonly lead: Readonly<Record<Key, string>>;
    readonly destroy: DestroyWords & Readonly<Record<'done' | 'tooLate', string>>;
    readonly keep: Readonly<Record<'waiting' | 'ended', string>>;
  };
  /** Under which words the page stands now. */
  readonly at: Key;
  readonly hasEnded: boolean;
  /** What pressing the button has come to; null where that needs no word. */
  readonly outcome: 'done' | 'tooLate' | null;
  /** The facts. */
  readonly children: ReactNode;
}

/** What became of a secret or a reply, and the one thing that can still be done. */
export function StatusPage<Key extends string>(props: StatusPageProps<Key>) {
  const { statusToken, work, words, at, hasEnded, outcome, children } = props;
  const { problem, wasPressed } = work;
  return (
    <div className="grid gap-7">
      <ArrivingHeading key={at} arrives={wasPressed} lead={words.lead[at]}>
        {words.heading[at]}
      </ArrivingHeading>
      {wasPressed && problem === null && outcome !== null && (
        <Notice tone={outcome === 'done' ? 'calm' : 'warning'} role="status">
          <p>{words.destroy[outcome]}</p>
        </Notice>
      )}
      {children}
      <Problem text={problem} />
      {!hasEnded && <DestroyForm statusToken={statusToken} work={work} words={words.destroy} />}
      <p className="text-sm text-muted">{words.keep[hasEnded ? 'ended' : 'waiting']}</p>
    </div>
  );
}

type DestroyWords = QuestionWords &
  Readonly<Record<'heading' | 'hint' | 'button' | 'pending', string>>;

interface DestroyFormProps extends Pick<StatusPageProps<string>, 'statusToken' | 'work'> {
  readonly words: DestroyWords;
}

function DestroyForm({ statusToken, work, words }: DestroyFormProps) {
  useEffect(watchForGestures, []);
  return (
    <div className="grid gap-3">
      <h2 className="text-xl">{words.heading}</h2>
      <p className="text-muted">{words.hint}</p>
      <IrreversibleForm
        label={words.button}
        words={words}
        action={work.formAction}
        wasAsked={work.wasAsked}
        keepHref={`/s/${statusToken}`}
        pending={work.isDestroying}
        pendingText={words.pending}
        onSubmit={(form) => {
          // A scanner that submits the page's forms destroys nothing.
          if (isPersonPressing(form)) work.destroy(form);
        }}
      >
        <input type="hidden" name="token" value={statusToken} />
      </IrreversibleForm>
    </div>
  );
}
