import { useState } from 'react';
import { ExtendRequest } from '@/components/request/extend-request';
import type { InboxWork } from '@/components/request/use-inbox';
import { AskedFirst } from '@/components/ui/asked-first';
import { Button } from '@/components/ui/button';
import { PassingButton } from '@/components/ui/passing-button';
import type { ExpiresIn } from '@/lib/messages/policy';
import { requests } from '@/messages/en/requests';

const words = requests.inbox.manage;

export interface ManageRequestProps {
  readonly work: InboxWork;
  /** What the owner allows, in the order of the form. */
  readonly lifetimes: readonly ExpiresIn[];
}

/** Extending, closing and destroying a request. */
export function ManageRequest({ work, lifetimes }: ManageRequestProps) {
  const { inbox, manage, busyWith } = work;
  const [isSure, setSure] = useState(false);
  return (
    <section aria-labelledby="inbox-manage" className="grid gap-6">
      <h2 id="inbox-manage" tabIndex={-1} className="text-xl">
        {words.heading}
      </h2>
      {inbox.condition !== 'closed' && (
        <>
          <ExtendRequest work={work} lifetimes={lifetimes} />
          <div className="grid justify-items-start gap-2">
            <p className="text-muted">{words.close.hint}</p>
            <PassingButton
              pending={busyWith === 'close'}
              pendingText={words.close.pending}
              onClick={() => manage('close', 'closeRequest')}
            >
              {words.close.submit}
            </PassingButton>
          </div>
        </>
      )}
      <div className="grid justify-items-start gap-2">
        <p id="inbox-destroy" className="text-muted">
          {words.destroy.hint}
        </p>
        {isSure ? (
          <AskedFirst labelledBy="inbox-destroy" className="actions">
            <Button
              variant="danger"
              pending={busyWith === 'destroy'}
              pendingText={words.destroy.pending}
              onClick={() => manage('destroy', 'destroyRequest')}
            >
              {words.destroy.confirm}
            </Button>
            <PassingButton onClick={() => setSure(false)}>{words.destroy.cancel}</PassingButton>
          </AskedFirst>
        ) : (
          <Button variant="danger" onClick={() => setSure(true)}>
            {words.destroy.submit}
          </Button>
        )}
      </div>
    </section>
  );
}
