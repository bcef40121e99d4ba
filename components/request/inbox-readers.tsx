import { useState } from 'react';
import type { InboxWork } from '@/components/request/use-inbox';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import type { OpenedRequest } from '@/lib/browser/requests/request-seed';
import type { Colleague } from '@/lib/requests/outcomes';
import { requests } from '@/messages/en/requests';
import { fill } from '@/messages/fill';

const words = requests.inbox.readers;

export interface InboxReadersProps {
  readonly accountId: string;
  readonly colleagues: readonly Colleague[];
  readonly work: InboxWork;
  readonly request: OpenedRequest;
}

/** Who can read, and for the manager: one more, or one fewer. */
export function InboxReaders({ accountId, colleagues, work, request }: InboxReadersProps) {
  const { readers, isManager } = work.inbox;
  const others = colleagues.filter(
    (colleague) => !readers.some((reader) => reader.accountId === colleague.accountId),
  );
  return (
    <section aria-labelledby="inbox-readers" className="grid gap-4">
      <h2 id="inbox-readers" className="text-xl">
        {words.heading}
      </h2>
      <ul className="grid gap-2">
        {readers.map((reader) => (
          <li key={reader.accountId} className="flex flex-wrap items-center gap-x-4">
            <span className="min-w-0 flex-1 wrap-anywhere">
              {reader.accountId === accountId
                ? fill(words.you, { name: reader.name })
                : reader.name}
            </span>
            {isManager && (
              <Button
                variant="plain"
                pending={work.busyWith === `remove ${reader.accountId}`}
                pendingText={words.removing}
                onClick={() =>
                  work.manage(`remove ${reader.accountId}`, 'removeReader', {
                    accountId: reader.accountId,
                  })
                }
              >
                {fill(words.remove, { name: reader.name })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {isManager && others.length === 0 && <p className="text-muted">{words.everybody}</p>}
      {isManager && others.length > 0 && (
        <AddReader others={others} work={work} request={request} />
      )}
    </section>
  );
}

interface AddReaderProps extends Pick<InboxReadersProps, 'work' | 'request'> {
  readonly others: readonly Colleague[];
}

function AddReader({ others, work, request }: AddReaderProps) {
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = others.find(({ accountId }) => accountId === chosenId) ?? others[0];
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Select
        label={words.add}
        value={chosen?.accountId ?? ''}
        options={others.map(({ accountId, name }) => ({ value: accountId, label: name }))}
        onChange={({ currentTarget }) => setChosenId(currentTarget.value)}
      />
      <Button
        pending={work.busyWith === 'add'}
        pendingText={words.adding}
        onClick={() => {
          if (chosen !== undefined) work.addReader(chosen, request);
        }}
      >
        {words.addSubmit}
      </Button>
    </div>
  );
}
