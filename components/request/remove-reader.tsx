import type { InboxWork } from '@/components/request/use-inbox';
import { IrreversibleAct } from '@/components/ui/irreversible-act';
import { PassingButton } from '@/components/ui/passing-button';
import type { Reader } from '@/lib/requests/outcomes';
import { requests } from '@/messages/en/requests';
import { fill } from '@/messages/fill';

const words = requests.inbox.readers;

export interface RemoveReaderProps {
  readonly reader: Reader;
  readonly work: InboxWork;
  /** Of no other reader. */
  readonly name: string;
}

/** A colleague can be added again, so they are removed at once. */
export function RemoveReader({ reader, work, name }: RemoveReaderProps) {
  const act = `remove ${reader.accountId}`;
  return (
    <PassingButton
      variant="plain"
      pending={work.busyWith === act}
      pendingText={words.removing}
      onClick={() => work.manage(act, 'removeReader', { accountId: reader.accountId })}
    >
      {fill(words.remove, { name })}
    </PassingButton>
  );
}

/** Who removes themselves may not get back in, so that is asked first. */
export function RemoveSelf({ reader, work, name }: RemoveReaderProps) {
  const act = `remove ${reader.accountId}`;
  const { byCreator, byReader, ...answers } = words.removeSelf;
  return (
    <IrreversibleAct
      variant="plain"
      label={fill(words.remove, { name })}
      words={{ ...answers, question: work.inbox.createdBy === null ? byReader : byCreator }}
      pending={work.busyWith === act}
      pendingText={words.removing}
      onConfirm={() => work.manage(act, 'removeReader', { accountId: reader.accountId })}
    />
  );
}
