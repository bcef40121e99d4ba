import { useId, useState } from 'react';
import type { InboxWork } from '@/components/request/use-inbox';
import { AskedFirst } from '@/components/ui/asked-first';
import { Button } from '@/components/ui/button';
import { PassingButton } from '@/components/ui/passing-button';
import type { Reader } from '@/lib/requests/outcomes';
import { requests } from '@/messages/en/requests';
import { fill } from '@/messages/fill';

const words = requests.inbox.readers;

export interface RemoveReaderProps {
  readonly reader: Reader;
  readonly work: InboxWork;
}

/** A colleague can be added again, so they are removed at once. */
export function RemoveReader({ reader, work }: RemoveReaderProps) {
  const name = `remove ${reader.accountId}`;
  return (
    <PassingButton
      variant="plain"
      pending={work.busyWith === name}
      pendingText={words.removing}
      onClick={() => work.manage(name, 'removeReader', { accountId: reader.accountId })}
    >
      {fill(words.remove, { name: reader.name })}
    </PassingButton>
  );
}

/** Who removes themselves may not get back in, so that is asked first. */
export function RemoveSelf({ reader, work }: RemoveReaderProps) {
  const [isAsked, setAsked] = useState(false);
  const hintId = useId();
  const name = `remove ${reader.accountId}`;
  if (!isAsked) {
    return (
      <PassingButton variant="plain" onClick={() => setAsked(true)}>
        {fill(words.remove, { name: reader.name })}
      </PassingButton>
    );
  }
  return (
    <AskedFirst labelledBy={hintId} className="grid basis-full gap-2 py-2">
      <p id={hintId} className="text-muted">
        {work.inbox.createdBy === null ? words.removeSelf.byReader : words.removeSelf.byCreator}
      </p>
      <div className="actions">
        <Button
          variant="danger"
          pending={work.busyWith === name}
          pendingText={words.removing}
          onClick={() => work.manage(name, 'removeReader', { accountId: reader.accountId })}
        >
          {words.removeSelf.confirm}
        </Button>
        <PassingButton onClick={() => setAsked(false)}>{words.removeSelf.cancel}</PassingButton>
      </div>
    </AskedFirst>
  );
}
