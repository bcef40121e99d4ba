import { Fact, Facts } from '@/components/ui/facts';
import { TimeStamp } from '@/components/ui/time-stamp';
import type { Inbox } from '@/lib/requests/outcomes';
import { requests } from '@/messages/en/requests';
import { fill, isolated } from '@/messages/fill';

const words = requests.inbox;

export function InboxFacts({ inbox }: { readonly inbox: Inbox }) {
  const { facts } = words;
  const isOver = inbox.condition === 'ended';
  return (
    <Facts>
      <Fact name={facts.state}>{words.conditions[inbox.condition]}</Fact>
      <Fact name={facts.replies}>
        {fill(facts.count, { received: inbox.placesTaken, allowed: inbox.repliesAllowed })}
      </Fact>
      <Fact name={facts.fields}>
        {inbox.fields.length === 0
          ? facts.free
          : inbox.fields.map(({ label }) => isolated(label)).join(', ')}
      </Fact>
      <Fact name={facts.askedBy}>{inbox.createdBy ?? facts.nobody}</Fact>
      <Fact name={facts.created}>
        <TimeStamp at={inbox.createdAt} />
      </Fact>
      {!isOver && (
        <>
          {inbox.condition !== 'closed' && (
            <Fact name={facts.expires}>
              <TimeStamp at={inbox.expiresAt} />
            </Fact>
          )}
          <Fact name={facts.keepUntil}>
            <TimeStamp at={inbox.keepUntil} />
          </Fact>
        </>
      )}
    </Facts>
  );
}
