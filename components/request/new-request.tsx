'use client';

import { useState } from 'react';
import { VaultGate } from '@/components/account/vault-gate';
import { LinkBox } from '@/components/request/link-box';
import { NewRequestForm } from '@/components/request/new-request-form';
import {
  useNewRequest,
  type CreateActions,
  type Created,
} from '@/components/request/use-new-request';
import { ArrivingHeading } from '@/components/ui/arriving-heading';
import { WithTime } from '@/components/ui/time-stamp';
import { Seal } from '@/components/site/seal';
import { Button } from '@/components/ui/button';
import type { ExpiresIn } from '@/lib/sealed/policy';
import type { Colleague } from '@/lib/requests/outcomes';
import { requests } from '@/messages/en/requests';

export interface NewRequestProps {
  readonly accountId: string;
  /** Everybody else with an account. */
  readonly colleagues: readonly Colleague[];
  /** What the owner allows. */
  readonly lifetimes: readonly ExpiresIn[];
  readonly hasMail: boolean;
  readonly actions: CreateActions;
}

/** Asking for a secret, and the link in the same place. */
export function NewRequest({ accountId, actions, ...options }: NewRequestProps) {
  const { created, create, startAnew, ...work } = useNewRequest(accountId, actions.createRequest);
  const [hasStartedAnew, setStartedAnew] = useState(false);

  if (created !== null) {
    const another = () => {
      setStartedAnew(true);
      startAnew();
    };
    return <RequestResult created={created} onAnother={another} />;
  }
  return (
    <div className="grid gap-8">
      <ArrivingHeading arrives={hasStartedAnew} lead={requests.create.lead}>
        {requests.create.heading}
      </ArrivingHeading>
      <VaultGate accountId={accountId} actions={actions}>
        {({ read }) => (
          <NewRequestForm {...options} {...work} onSubmit={(values) => void create(read, values)} />
        )}
      </VaultGate>
    </div>
  );
}

interface RequestResultProps {
  /** With the whole link, fragment included. */
  readonly created: Created;
  readonly onAnother: () => void;
}

/** The link, ways to send it, and where the replies will be. */
function RequestResult({ created, onAnother }: RequestResultProps) {
  const words = requests.result;
  return (
    <div className="grid gap-7">
      <div className="grid gap-4">
        <Seal state="closed" moves className="size-14" />
        <ArrivingHeading arrives lead={words.lead}>
          {words.heading}
        </ArrivingHeading>
      </div>
      <LinkBox {...created} />
      <div className="grid gap-2">
        <p>
          <WithTime sentence={words.expires} at={created.expiresAt} />
        </p>
        <p className="text-muted">{words.whole}</p>
      </div>
      <p>
        <a href={`/requests/${created.id}`} className="inline-flex min-h-11 items-center">
          {words.inbox}
        </a>
      </p>
      <div>
        <Button onClick={onAnother}>{words.another}</Button>
      </div>
    </div>
  );
}
