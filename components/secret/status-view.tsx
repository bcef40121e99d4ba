'use client';

import { useActionState, useEffect, useState } from 'react';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { CalmMessage } from '@/components/secret/calm-message';
import { StatusFacts } from '@/components/secret/status-facts';
import { UnknownMessage } from '@/components/secret/unknown-message';
import { useHydrated } from '@/components/secret/use-hydrated';
import { useWork } from '@/components/secret/use-work';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { askAgain } from '@/lib/browser/ask-again';
import { isPersonPressing, watchForGestures } from '@/lib/browser/user-gesture';
import type { Ending, StatusState } from '@/lib/messages/outcomes';
import { refusals, troubles } from '@/messages/en/errors';
import { status as words } from '@/messages/en/status';

export interface StatusViewProps {
  /** The sender's own token, not the link's. */
  readonly statusToken: string;
  readonly initial: StatusState;
  readonly destroyFromStatus: (previous: StatusState, form: FormData) => Promise<StatusState>;
}

type Known = Extract<StatusState, { status: 'known' }>;

/** The sender's page: what became of the secret, and the one thing that can still be done. */
export function StatusView({ statusToken, initial, destroyFromStatus }: StatusViewProps) {
  const [posted, formAction] = useActionState(destroyFromStatus, initial);
  const [scripted, setScripted] = useState<StatusState | null>(null);
  const { run, step, trouble } = useWork<'destroying'>();
  const state = scripted ?? posted;
  useEffect(watchForGestures, []);
  // A refusal says nothing of the secret, so what was known before stays on the page.
  const known = [state, initial].find((candidate) => candidate.status === 'known');
  const refusal = state.status === 'unknown' ? null : state.refusal;
  const problem = trouble === null ? refusal && refusals[refusal] : troubles[trouble];

  if (state.status === 'unknown') return <UnknownStatus arrives={scripted !== null} />;
  if (known === undefined) return <UnavailableStatus problem={problem} />;

  const destroy = (form: HTMLFormElement) =>
    run('destroying', async () => {
      const fields = new FormData(form);
      fields.set('intent', 'destroy');
      setScripted(await askAgain(() => destroyFromStatus(initial, fields)));
    });
  const wasPressed = scripted !== null || posted !== initial;

  return (
    <div className="grid gap-7">
      <KnownHeading key={keyOf(known.ending)} ending={known.ending} arrives={wasPressed} />
      {wasPressed && problem === null && <Outcome ending={known.ending} />}
      <StatusFacts {...known} />
      <div role="alert" className="empty:hidden">
        {problem !== null && (
          <Notice tone="danger">
            <p>{problem}</p>
          </Notice>
        )}
      </div>
      {known.ending === null && (
        <form
          action={formAction}
          onSubmit={(event) => {
            event.preventDefault();
            // A scanner that submits the page's forms is not the sender.
            if (isPersonPressing(event.currentTarget)) void destroy(event.currentTarget);
          }}
          className="grid justify-items-start gap-3"
        >
          <input type="hidden" name="token" value={statusToken} />
          <h2 className="text-xl">{words.destroy.heading}</h2>
          <p className="text-muted">{words.destroy.hint}</p>
          <Button
            type="submit"
            name="intent"
            value="destroy"
            variant="danger"
            pending={step !== null}
            pendingText={words.destroy.pending}
          >
            {words.destroy.button}
          </Button>
        </form>
      )}
      <p className="text-sm text-muted">{words.keep}</p>
    </div>
  );
}

type HeadingKey = keyof typeof words.heading;

function keyOf(ending: Ending | null): HeadingKey {
  if (ending === null) return 'waiting';
  return ending.kind === 'burned' ? ending.by : ending.kind;
}

function KnownHeading({ ending, arrives }: Pick<Known, 'ending'> & { readonly arrives: boolean }) {
  const key = keyOf(ending);
  return (
    <ArrivingHeading arrives={arrives} lead={words.lead[key]}>
      {words.heading[key]}
    </ArrivingHeading>
  );
}

/** What pressing the button has come to. */
function Outcome({ ending }: Pick<Known, 'ending'>) {
  if (ending === null) return null;
  const isDone = ending.kind === 'burned' && ending.by === 'sender';
  return (
    <Notice tone={isDone ? 'calm' : 'warning'} role="status">
      <p>{isDone ? words.destroy.done : words.destroy.tooLate}</p>
    </Notice>
  );
}

function UnknownStatus({ arrives }: { readonly arrives: boolean }) {
  return (
    <UnknownMessage words={words.unknown} arrives={arrives}>
      <p>
        <a href="/">{words.unknown.home}</a>
      </p>
    </UnknownMessage>
  );
}

function UnavailableStatus({ problem }: { readonly problem: string | null }) {
  const isHydrated = useHydrated();
  return (
    <CalmMessage arrives={false} heading={words.unavailable.heading}>
      <p>{problem}</p>
      {isHydrated && (
        <div>
          <Button onClick={() => location.reload()}>{words.unavailable.retry}</Button>
        </div>
      )}
    </CalmMessage>
  );
}
