'use client';

import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { DestroyForm } from '@/components/secret/destroy-form';
import { endingKey } from '@/components/secret/ending-key';
import { StatusFacts } from '@/components/secret/status-facts';
import { UnavailableStatus } from '@/components/secret/unavailable-status';
import { UnknownMessage } from '@/components/secret/unknown-message';
import { useStatus } from '@/components/secret/use-status';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { Problem } from '@/components/ui/problem';
import type { StatusState } from '@/lib/messages/outcomes';
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
  const work = useStatus('destroyFromStatus', destroyFromStatus, initial);
  const { state, known, problem, wasPressed } = work;
  if (state.status === 'unknown') return <UnknownStatus arrives={wasPressed} />;
  if (known === undefined) {
    return <UnavailableStatus problem={problem} words={words.unavailable} />;
  }
  return (
    <div className="grid gap-7">
      <KnownHeading key={known.ending?.kind ?? 'waiting'} {...known} arrives={wasPressed} />
      {wasPressed && problem === null && <Outcome ending={known.ending} />}
      <StatusFacts {...known} />
      <Problem text={problem} />
      {known.ending === null && (
        <DestroyForm statusToken={statusToken} work={work} words={words.destroy} />
      )}
      <p className="text-sm text-muted">
        {words.keep[known.ending === null ? 'waiting' : 'ended']}
      </p>
    </div>
  );
}

function KnownHeading({ ending, isKeptClosed, arrives }: Known & { readonly arrives: boolean }) {
  const waiting = isKeptClosed ? 'keptClosed' : 'waiting';
  const key = ending === null ? waiting : endingKey(ending);
  return (
    <ArrivingHeading arrives={arrives} lead={words.lead[key]}>
      {words.heading[key]}
    </ArrivingHeading>
  );
}

/** What pressing the button has come to. */
function Outcome({ ending }: Pick<Known, 'ending'>) {
  if (ending === null) return null;
  const key = endingKey(ending);
  // One that is kept closed after the database was restored can be destroyed, too.
  const isDone = key === 'sender' || key === 'restore';
  return (
    <Notice tone={isDone ? 'calm' : 'warning'} role="status">
      <p>{isDone ? words.destroy.done : words.destroy.tooLate}</p>
    </Notice>
  );
}

function UnknownStatus({ arrives }: { readonly arrives: boolean }) {
  return (
    <UnknownMessage words={words.unknown} arrives={arrives}>
      <div>
        <LinkButton href="/">{words.unknown.home}</LinkButton>
      </div>
    </UnknownMessage>
  );
}
