import { useState } from 'react';
import type { InboxWork } from '@/components/request/use-inbox';
import { expiryOptions } from '@/components/secret/expiry-field';
import { WithTime } from '@/components/ui/time-stamp';
import { Button } from '@/components/ui/button';
import { IrreversibleAct } from '@/components/ui/irreversible-act';
import { Select } from '@/components/ui/choice';
import { usualOf } from '@/lib/sealed/policy';
import { requests } from '@/messages/en/requests';

const words = requests.inbox.manage;

/** Extending, closing and destroying a request. */
export function ManageRequest({ work }: { readonly work: InboxWork }) {
  return (
    <section aria-labelledby="inbox-manage" className="grid gap-6">
      <h2 id="inbox-manage" tabIndex={-1} className="text-xl">
        {words.heading}
      </h2>
      {work.inbox.condition !== 'closed' && (
        <>
          <ExtendRequest work={work} />
          <EndRequest act="close" variant="quiet" work={work} />
        </>
      )}
      <EndRequest act="destroy" variant="danger" work={work} />
    </section>
  );
}

/** Another lifetime counts from now and never shortens what there is, so what it came to is said. */
function ExtendRequest({ work }: { readonly work: InboxWork }) {
  const { inbox, lifetimes, manage, busyWith } = work;
  const [expiresIn, setExpiresIn] = useState<string>(usualOf(lifetimes) ?? '');
  const [outcome, setOutcome] = useState<'longer' | 'unchanged' | null>(null);
  const extend = () => {
    setOutcome(null);
    manage('extend', 'extendRequest', { expiresIn }, (after) =>
      setOutcome(after.expiresAt === inbox.expiresAt ? 'unchanged' : 'longer'),
    );
  };
  // A full request takes no reply, and is kept for longer all the same.
  const isFull = inbox.condition === 'full';
  const { extend: said } = words;
  return (
    <div className="grid gap-3">
      <p className="text-muted">{isFull ? said.hintFull : said.hint}</p>
      <div className="flex flex-wrap items-end gap-3">
        <Select
          label={said.label}
          value={expiresIn}
          options={expiryOptions(lifetimes)}
          onChange={({ currentTarget }) => setExpiresIn(currentTarget.value)}
        />
        <Button pending={busyWith === 'extend'} pendingText={said.pending} onClick={extend}>
          {said.submit}
        </Button>
      </div>
      <p role="status" className="empty:hidden">
        {outcome !== null && (
          <WithTime
            sentence={said[isFull ? 'kept' : 'takes'][outcome]}
            at={isFull ? inbox.keepUntil : inbox.expiresAt}
          />
        )}
      </p>
    </div>
  );
}

interface EndRequestProps {
  readonly act: 'close' | 'destroy';
  readonly variant: 'quiet' | 'danger';
  readonly work: InboxWork;
}

function EndRequest({ act, variant, work: { manage, busyWith } }: EndRequestProps) {
  const said = words[act];
  return (
    <div className="grid justify-items-start gap-2">
      <p className="text-muted">{said.hint}</p>
      <IrreversibleAct
        variant={variant}
        label={said.submit}
        words={said}
        pending={busyWith === act}
        pendingText={said.pending}
        onConfirm={() => manage(act, `${act}Request`)}
      />
    </div>
  );
}
