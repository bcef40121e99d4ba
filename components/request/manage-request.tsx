import { ExtendRequest } from '@/components/request/extend-request';
import type { InboxWork } from '@/components/request/use-inbox';
import { IrreversibleAct } from '@/components/ui/irreversible-act';
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
            <IrreversibleAct
              variant="quiet"
              label={words.close.submit}
              words={words.close}
              pending={busyWith === 'close'}
              pendingText={words.close.pending}
              onConfirm={() => manage('close', 'closeRequest')}
            />
          </div>
        </>
      )}
      <div className="grid justify-items-start gap-2">
        <p className="text-muted">{words.destroy.hint}</p>
        <IrreversibleAct
          label={words.destroy.submit}
          words={words.destroy}
          pending={busyWith === 'destroy'}
          pendingText={words.destroy.pending}
          onConfirm={() => manage('destroy', 'destroyRequest')}
        />
      </div>
    </section>
  );
}
