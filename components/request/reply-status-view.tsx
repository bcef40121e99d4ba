'use client';

import type { ReactNode } from 'react';
import { knownOf, StatusPage, useDestroying } from '@/components/secret/status-page';
import { UnavailableStatus } from '@/components/secret/calm-message';
import { TimeStamp, WithTime } from '@/components/ui/time-stamp';
import { Fact, Facts } from '@/components/ui/surface';
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
  const work = useDestroying<ReplyStatusState>('withdrawReply', withdraw, initial);
  const { state } = work;
  const known = knownOf(state, initial);
  if (known === undefined) {
    return (
      state.status === 'refused' && (
        <UnavailableStatus refusal={state.refusal} words={reply.failed} />
      )
    );
  }
  const at = keyOf(known);
  return (
    <StatusPage
      statusToken={statusToken}
      work={work}
      words={words}
      at={at}
      hasEnded={known.ending !== null}
      outcome={at === 'client' ? 'done' : at === 'opened' ? 'tooLate' : null}
    >
      <KnownFacts {...known} />
    </StatusPage>
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
