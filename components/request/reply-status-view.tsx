'use client';

import type { ReactNode } from 'react';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { DestroyForm } from '@/components/secret/destroy-form';
import { UnavailableStatus } from '@/components/secret/unavailable-status';
import { useStatus } from '@/components/secret/use-status';
import { WithTime } from '@/components/secret/with-time';
import { Fact, Facts } from '@/components/ui/facts';
import { Notice } from '@/components/ui/notice';
import { Problem } from '@/components/ui/problem';
import { TimeStamp } from '@/components/ui/time-stamp';
import type { ReplyStatusState } from '@/lib/requests/outcomes';
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
  const work = useStatus<ReplyStatusState>('withdrawReply', withdraw, initial);
  const { known, problem, wasPressed } = work;
  if (known === undefined) return <UnavailableStatus problem={problem} words={reply.failed} />;
  const key = keyOf(known);
  return (
    <div className="grid gap-7">
      <ArrivingHeading key={key} arrives={wasPressed} lead={words.lead[key]}>
        {words.heading[key]}
      </ArrivingHeading>
      {wasPressed && problem === null && (key === 'client' || key === 'opened') && (
        <Notice tone={key === 'client' ? 'calm' : 'warning'} role="status">
          <p>{key === 'opened' ? words.destroy.tooLate : words.destroy.done}</p>
        </Notice>
      )}
      <KnownFacts {...known} />
      <Problem text={problem} />
      {known.ending === null && (
        <DestroyForm statusToken={statusToken} work={work} words={words.destroy} />
      )}
      <p className="text-sm text-muted">
        {known.ending === null ? words.keep.waiting : words.keep.ended}
      </p>
    </div>
  );
}

function keyOf({ ending, isKeptClosed }: Known): keyof typeof words.heading {
  if (ending === null) return isKeptClosed ? 'keptClosed' : 'waiting';
  return ending.kind === 'opened' ? 'opened' : ending.by;
}

function KnownFacts(known: Known): ReactNode {
  const { question, askedBy, sentAt, keepUntil, readers, seal, ending } = known;
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
      {readers.length > 0 && (
        <Fact name={facts.readers}>
          <ul>
            {readers.map(({ name, since }, index) => (
              <li key={index}>
                <bdi>{name}</bdi>
                {since !== null && <WithTime sentence={facts.added} at={since} />}
              </li>
            ))}
          </ul>
        </Fact>
      )}
      <Fact name={facts.seal}>{facts.seals[seal]}</Fact>
    </Facts>
  );
}
