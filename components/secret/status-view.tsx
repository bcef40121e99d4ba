'use client';

import { UnavailableStatus, UnknownMessage } from '@/components/secret/calm-message';
import { knownOf, StatusPage, useDestroying } from '@/components/secret/status-page';
import { Fact, Facts } from '@/components/ui/surface';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { TimeStamp } from '@/components/ui/time-stamp';
import { endingKey, type Ending, type StatusState } from '@/lib/sealed/outcomes';
import { status as words } from '@/messages/en/status';
import { fill } from '@/messages/fill';

export interface StatusViewProps {
  /** The sender's own token, not the link's. */
  readonly statusToken: string;
  readonly initial: StatusState;
  readonly destroyFromStatus: (previous: StatusState, form: FormData) => Promise<StatusState>;
}

type Known = Extract<StatusState, { status: 'known' }>;

/** The sender's page: what became of the secret, and the one thing that can still be done. */
export function StatusView({ statusToken, initial, destroyFromStatus }: StatusViewProps) {
  const work = useDestroying('destroyFromStatus', destroyFromStatus, initial);
  const known = knownOf(work.state, initial);
  if (work.state.status === 'unknown') {
    return (
      <UnknownMessage words={words.unknown} arrives={work.wasPressed}>
        <div>
          <LinkButton href="/">{words.unknown.home}</LinkButton>
        </div>
      </UnknownMessage>
    );
  }
  if (known === undefined) {
    return (
      work.state.status === 'refused' && (
        <UnavailableStatus refusal={work.state.refusal} words={words.unavailable} />
      )
    );
  }
  const { ending, isKeptClosed } = known;
  return (
    <StatusPage
      statusToken={statusToken}
      work={work}
      words={words}
      at={ending === null ? (isKeptClosed ? 'keptClosed' : 'waiting') : endingKey(ending)}
      hasEnded={ending !== null}
      outcome={ending && outcomeOf(ending)}
    >
      <StatusFacts {...known} />
    </StatusPage>
  );
}

/** One that is kept closed after the database was restored can be destroyed, too. */
function outcomeOf(ending: Ending): 'done' | 'tooLate' {
  return ['sender', 'restore'].includes(endingKey(ending)) ? 'done' : 'tooLate';
}

/** What there is to know of a secret without reading it. */
function StatusFacts(state: Known) {
  const { facts } = words;
  const { ending } = state;
  return (
    <>
      {ending?.kind === 'opened' && (
        <Notice tone="warning">
          <p>{words.alarm}</p>
        </Notice>
      )}
      <Facts>
        {state.note !== '' && <Fact name={facts.note}>{state.note}</Fact>}
        <Fact name={facts.created}>
          <TimeStamp at={state.createdAt} />
        </Fact>
        {ending !== null && (
          <Fact name={facts.ended[endingKey(ending)]}>
            <TimeStamp at={ending.at} />
          </Fact>
        )}
        {ending?.kind !== 'expired' && (
          <Fact name={ending === null ? facts.expires : facts.expired}>
            <TimeStamp at={state.expiresAt} />
          </Fact>
        )}
        <Fact name={facts.seal}>{facts.seals[state.seal]}</Fact>
        <Fact name={facts.passphrase}>
          {state.hasPassphrase
            ? fill(facts.wrongPassphrases, { count: state.wrongPassphrases })
            : facts.noPassphrase}
        </Fact>
      </Facts>
    </>
  );
}
