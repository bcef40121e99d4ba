import { endingKey } from '@/components/secret/ending-key';
import { Fact, Facts } from '@/components/ui/facts';
import { Notice } from '@/components/ui/notice';
import { TimeStamp } from '@/components/ui/time-stamp';
import type { StatusState } from '@/lib/messages/outcomes';
import { status as words } from '@/messages/en/status';
import { fill } from '@/messages/fill';

type Known = Extract<StatusState, { status: 'known' }>;

/** What there is to know of a secret without reading it. */
export function StatusFacts(state: Known) {
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
