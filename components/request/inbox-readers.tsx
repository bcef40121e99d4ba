/** The people of a request: who can read its replies, and who is told of them. */
import { useState } from 'react';
import { personLabel, toldApart } from '@/components/request/person-label';
import type { InboxWork, ReadableRequest } from '@/components/request/use-inbox';
import { WithTime } from '@/components/ui/time-stamp';
import { Button } from '@/components/ui/button';
import { Checkbox, Select } from '@/components/ui/choice';
import { IrreversibleAct } from '@/components/ui/irreversible-act';
import { PassingButton } from '@/components/ui/question';
import type { Colleague, Reader } from '@/lib/requests/outcomes';
import { requests } from '@/messages/en/requests';
import { fill } from '@/messages/fill';

const words = requests.inbox.readers;

export interface InboxReadersProps {
  readonly work: InboxWork;
  readonly request: ReadableRequest;
}

/**
 * Who can read, and for the manager: one more, or one fewer. Any reader can give the request back to
 * the member who asked, who reads it no more once they have a new vault.
 */
export function InboxReaders({ work, request }: InboxReadersProps) {
  const { accountId, colleagues } = work;
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
            {isManager && readers.length > 1 && (
              <RemoveReader reader={reader} name={toldApart(reader, readers)} work={work} />
            )}
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
        <AddReader key={readers.length} others={addable} work={work} request={request} />
      )}
    </section>
  );
}

interface RemoveReaderProps {
  readonly reader: Reader;
  /** As no other reader is called. */
  readonly name: string;
  readonly work: InboxWork;
}

function RemoveReader({ reader: { accountId }, name, work }: RemoveReaderProps) {
  const act = `remove ${accountId}`;
  const label = fill(words.remove, { name });
  const removal = {
    variant: 'plain',
    pending: work.busyWith === act,
    pendingText: words.removing,
  } as const;
  const remove = () => work.manage(act, 'removeReader', { accountId });
  if (accountId !== work.accountId) {
    // A colleague can be added again, so they are removed at once.
    return (
      <PassingButton {...removal} onClick={remove}>
        {label}
      </PassingButton>
    );
  }
  // A manager who removes themselves may not get back in, so that is asked first.
  const { byCreator, byReader, ...answers } = words.removeSelf;
  const question = work.inbox.createdBy === null ? byReader : byCreator;
  return (
    <IrreversibleAct
      {...removal}
      label={label}
      words={{ ...answers, question }}
      onConfirm={remove}
    />
  );
}

interface AddReaderProps extends InboxReadersProps {
  readonly others: readonly Colleague[];
}

function AddReader({ others, work, request }: AddReaderProps) {
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [isTold, setTold] = useState(false);
  const [wasPressed, setPressed] = useState(false);
  // No colleague is chosen beforehand: one press would let the first of the list read everything.
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
        hint={work.hasMail ? undefined : requests.create.notice.noMail}
        checked={isTold}
        disabled={!work.hasMail}
        onChange={({ currentTarget }) => setTold(currentTarget.checked)}
      />
      <PassingButton pending={work.busyWith === 'add'} pendingText={words.adding} onClick={add}>
        {words.addSubmit}
      </PassingButton>
    </div>
  );
}

/** Who is told of replies; each reader decides for themselves, with the vault locked too. */
export function InboxNotice({ work }: { readonly work: InboxWork }) {
  const { notice } = requests.inbox;
  return (
    <section aria-labelledby="inbox-notice" className="grid justify-items-start gap-4">
      <h2 id="inbox-notice" className="text-xl">
        {notice.heading}
      </h2>
      {work.hasMail ? (
        <ToldReaders work={work} />
      ) : (
        <p className="text-muted">{requests.create.notice.noMail}</p>
      )}
    </section>
  );
}

function ToldReaders({ work }: { readonly work: InboxWork }) {
  const { notice } = requests.inbox;
  const { readers } = work.inbox;
  const told = readers.filter(({ isTold }) => isTold);
  const self = readers.find(({ accountId }) => accountId === work.accountId);
  return (
    <>
      {told.length === 0 ? (
        <p className="text-muted">{notice.nobody}</p>
      ) : (
        <ul className="grid gap-2">
          {told.map((reader) => (
            <li key={reader.accountId} className="wrap-anywhere">
              {reader === self ? fill(words.you, { name: reader.name }) : personLabel(reader)}
            </li>
          ))}
        </ul>
      )}
      {self !== undefined && (
        <Button
          pending={work.busyWith === 'notice'}
          pendingText={notice.pending}
          onClick={() =>
            work.manage('notice', 'chooseNotice', { isTold: self.isTold ? 'no' : 'yes' })
          }
        >
          {self.isTold ? notice.stop : notice.start}
        </Button>
      )}
    </>
  );
}
