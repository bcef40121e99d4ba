'use client';

import { useActionState, useEffect, useState } from 'react';
import { useWork, type ShownTrouble } from '@/components/secret/use-work';
import { askAgain } from '@/lib/browser/ask-again';
import type { Act } from '@/lib/browser/lost-answer';
import { watchForGestures } from '@/lib/browser/user-gesture';
import type { RefusalCode } from '@/lib/refusal-code';
import { refusals, troubles } from '@/messages/en/errors';

interface Unknown {
  readonly status: 'unknown';
}
interface Told {
  readonly status: 'known' | 'refused';
  readonly refusal: RefusalCode | null;
}

/** What a status page may be told: of a secret or of a reply. */
export type AnyStatus = Unknown | Told;

export interface StatusWork<State extends AnyStatus> {
  /** The latest answer; what it says of the matter itself is in `known`. */
  readonly state: State;
  readonly known: Extract<State, { status: 'known' }> | undefined;
  /** In a person's words; null when nothing is wrong. */
  readonly problem: string | null;
  readonly wasPressed: boolean;
  /** Whether the form was posted, without a script, to be asked. */
  readonly wasAsked: boolean;
  /** For the form before the script runs. */
  readonly formAction: (form: FormData) => void;
  readonly destroy: (form: HTMLFormElement) => void;
  readonly isDestroying: boolean;
}

/** A status page: what it was printed with, and what came of pressing its one button. */
export function useStatus<State extends AnyStatus>(
  name: Act,
  act: (previous: State, form: FormData) => Promise<State>,
  initial: Awaited<State>,
): StatusWork<State> {
  const [posted, formAction] = useActionState<State, FormData>(act, initial);
  const [scripted, setScripted] = useState<State | null>(null);
  const { run, step, trouble } = useWork<'destroying'>();
  const state = scripted ?? posted;
  useEffect(watchForGestures, []);

  const destroy = (form: HTMLFormElement) => {
    void run('destroying', async () => {
      const fields = new FormData(form);
      fields.set('intent', 'destroy');
      setScripted(await askAgain(name, () => act(initial, fields)));
    });
  };
  const wasAsked = isAsking(state);
  return {
    state,
    // A refusal says nothing of the matter, so what was known before stays on the page.
    known: [state, initial].find(isKnown<State>),
    problem: problemOf(state, trouble),
    wasPressed: !wasAsked && (scripted !== null || posted !== initial),
    wasAsked,
    formAction,
    destroy,
    isDestroying: step !== null,
  };
}

function isKnown<State extends AnyStatus>(
  state: State,
): state is Extract<State, { status: 'known' }> {
  return state.status === 'known';
}

function isAsking(state: AnyStatus): boolean {
  return state.status !== 'unknown' && state.refusal === 'destroy_unconfirmed';
}

function problemOf(state: AnyStatus, trouble: ShownTrouble | null): string | null {
  if (trouble !== null) return troubles[trouble];
  return state.status === 'unknown' || state.refusal === null || isAsking(state)
    ? null
    : refusals[state.refusal];
}
