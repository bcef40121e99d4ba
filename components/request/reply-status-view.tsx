'use client';

import { useActionState, useEffect, useState, type ReactNode } from 'react';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { CalmMessage } from '@/components/secret/calm-message';
import { useHydrated } from '@/components/secret/use-hydrated';
import { useWork } from '@/components/secret/use-work';
import { Button } from '@/components/ui/button';
import { Fact, Facts } from '@/components/ui/facts';
import { Notice } from '@/components/ui/notice';
import { TimeStamp } from '@/components/ui/time-stamp';
import { askAgain } from '@/lib/browser/ask-again';
import { isPersonPressing, watchForGestures } from '@/lib/browser/user-gesture';
import type { ReplyEnding, ReplyStatusState } from '@/lib/requests/outcomes';
import { refusals, troubles } from '@/messages/en/errors';
import { reply } from '@/messages/en/reply';

const words = reply.status;

export interface ReplyStatusViewProps {
  /** The client's own token, not the link's. */
  readonly statusToken: string;
  readonly initial: Exclude<ReplyStatusState, { status: 'unknown' }>;
  readonly withdraw: (previous: ReplyStatusState, form: FormData) => Promise<ReplyStatusState>;
}

type Known = Extract<ReplyStatusState, { status: 'known' }>;

/** The client's page: what became of the reply, and taking it back while nobody has read it. */
export function ReplyStatusView({ statusToken, initial, withdraw }: ReplyStatusViewProps) {
  const [posted, formAction] = useActionState(withdraw, initial);
  const [scripted, setScripted] = useState<ReplyStatusState | null>(null);
  const { run, step, trouble } = useWork<'destroying'>();
  const state = scripted ?? posted;
  useEffect(watchForGestures, []);
  // A refusal says nothing of the reply, so what was known before stays on the page.
  const known = [state, initial].find((candidate) => candidate.status === 'known');
  const refusal = state.status === 'unknown' ? null : state.refusal;
  const problem = trouble === null ? refusal && refusals[refusal] : troubles[trouble];
  if (known === undefined) return <Unavailable problem={problem} />;

  const destroy = (form: HTMLFormElement) =>
    run('destroying', async () => {
      const fields = new FormData(form);
      fields.set('intent', 'destroy');
      setScripted(await askAgain(() => withdraw(initial, fields)));
    });
  const wasPressed = scripted !== null || posted !== initial;
  const key = keyOf(known.ending);

  return (
    <div className="grid gap-7">
      <ArrivingHeading key={key} arrives={wasPressed} lead={words.lead[key]}>
        {words.heading[key]}
      </ArrivingHeading>
      {wasPressed && problem === null && known.ending !== null && (
        <Notice tone={key === 'client' ? 'calm' : 'warning'} role="status">
          <p>{key === 'opened' ? words.destroy.tooLate : words.destroy.done}</p>
        </Notice>
      )}
      <KnownFacts {...known} />
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
            // A scanner that submits the page's forms is not the client.
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

function keyOf(ending: ReplyEnding | null): keyof typeof words.heading {
  if (ending === null) return 'waiting';
  return ending.kind === 'opened' ? 'opened' : ending.by;
}

function KnownFacts({ question, askedBy, sentAt, keepUntil, seal, ending }: Known): ReactNode {
  const { facts } = words;
  return (
    <Facts>
      <Fact name={facts.question}>
        <span className="whitespace-pre-wrap">{question}</span>
      </Fact>
      {askedBy !== null && <Fact name={facts.askedBy}>{askedBy}</Fact>}
      <Fact name={facts.sent}>
        <TimeStamp at={sentAt} />
      </Fact>
      {ending === null ? (
        <Fact name={facts.keepUntil}>
          <TimeStamp at={keepUntil} />
        </Fact>
      ) : (
        <Fact name={ending.kind === 'opened' ? facts.opened : facts.destroyed}>
          <TimeStamp at={ending.at} />
        </Fact>
      )}
      {ending?.kind === 'opened' && ending.by !== null && (
        <Fact name={facts.openedBy}>{ending.by}</Fact>
      )}
      <Fact name={facts.seal}>{facts.seals[seal]}</Fact>
    </Facts>
  );
}

function Unavailable({ problem }: { readonly problem: string | null }) {
  const isHydrated = useHydrated();
  return (
    <CalmMessage arrives={false} heading={reply.failed.heading}>
      <p>{problem}</p>
      {isHydrated && (
        <div>
          <Button onClick={() => location.reload()}>{reply.failed.retry}</Button>
        </div>
      )}
    </CalmMessage>
  );
}
