import { useState } from 'react';
import { personLabel, toldApart } from '@/components/request/person-label';
import { RemoveReader, RemoveSelf } from '@/components/request/remove-reader';
import type { InboxWork } from '@/components/request/use-inbox';
import type { ReadableRequest } from '@/components/request/use-opened-request';
import { WithTime } from '@/components/secret/with-time';
import { Checkbox } from '@/components/ui/checkbox';
import { PassingButton } from '@/components/ui/passing-button';
import { Select } from '@/components/ui/select';
import type { Colleague } from '@/lib/requests/outcomes';
import { requests } from '@/messages/en/requests';
import { fill } from '@/messages/fill';

const words = requests.inbox.readers;

export interface InboxReadersProps {
  readonly accountId: string;
  readonly colleagues: readonly Colleague[];
  readonly hasMail: boolean;
  readonly work: InboxWork;
  readonly request: ReadableRequest;
}

/**
 * Who can read, and for the manager: one more, or one fewer. Any reader can give the request back to
 * the one who asked, who is none any more once they have a new vault.
 */
export function InboxReaders(props: InboxReadersProps) {
  const { accountId, colleagues, hasMail, work, request } = props;
  const { readers, isManager, createdById, readerLostAt } = work.inbox;
  const others = colleagues.filter(
    (colleague) => !readers.some((reader) => reader.accountId === colleague.accountId),
  );
  const addable = isManager
    ? others
    : others.filter((colleague) => colleague.accountId === createdById);
  return (
    <section aria-labelledby="inbox-readers" className="grid gap-4">
      <h2 id="inbox-readers" tabIndex={-1} className="text-xl">
        {words.heading}
      </h2>
      <ul className="grid gap-2">
        {readers.map((reader) => (
          <li key={reader.accountId} className="flex flex-wrap items-center gap-x-4">
            <span className="min-w-0 flex-1 wrap-anywhere">
              <bdi>
                {reader.accountId === accountId
                  ? fill(words.you, { name: reader.name })
                  : reader.name}
              </bdi>
              <span className="block text-sm text-muted">{reader.email}</span>
            </span>
            {isManager &&
              readers.length > 1 &&
              (reader.accountId === accountId ? (
                <RemoveSelf reader={reader} work={work} name={toldApart(reader, readers)} />
              ) : (
                <RemoveReader reader={reader} work={work} name={toldApart(reader, readers)} />
              ))}
          </li>
        ))}
      </ul>
      {readerLostAt !== null && (
        <p className="text-muted">
          <WithTime sentence={words.lost} at={readerLostAt} />
        </p>
      )}
      {isManager && others.length === 0 && <p className="text-muted">{words.everybody}</p>}
      {!isManager && addable.length > 0 && <p className="text-muted">{words.giveBack}</p>}
      {addable.length > 0 && (
        // What was chosen for one colleague stays until they are a reader, and goes then.
        <AddReader
          key={readers.length}
          others={addable}
          hasMail={hasMail}
          work={work}
          request={request}
        />
      )}
    </section>
  );
}

interface AddReaderProps extends Pick<InboxReadersProps, 'hasMail' | 'work' | 'request'> {
  readonly others: readonly Colleague[];
}

function AddReader({ others, hasMail, work, request }: AddReaderProps) {
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [isTold, setTold] = useState(false);
  const [wasPressed, setPressed] = useState(false);
  // Nobody is chosen beforehand: one press would let the first of the list read everything.
  const chosen = others.find(({ accountId }) => accountId === chosenId);
  const add = () => {
    setPressed(true);
    if (chosen !== undefined) work.addReader(chosen, isTold, request);
  };
  return (
    <div className="grid justify-items-start gap-3">
      <Select
        label={words.add}
        value={chosen?.accountId ?? ''}
        error={wasPressed && chosen === undefined ? words.notChosen : undefined}
        options={[
          { value: '', label: words.choose },
          ...others.map((colleague) => ({
            value: colleague.accountId,
            label: personLabel(colleague),
          })),
        ]}
        onChange={({ currentTarget }) => setChosenId(currentTarget.value)}
      />
      <Checkbox
        label={words.tell}
        hint={hasMail ? undefined : requests.create.notice.noMail}
        checked={isTold}
        disabled={!hasMail}
        onChange={({ currentTarget }) => setTold(currentTarget.checked)}
      />
      <PassingButton pending={work.busyWith === 'add'} pendingText={words.adding} onClick={add}>
        {words.addSubmit}
      </PassingButton>
    </div>
  );
}
