'use client';

import { useState } from 'react';
import { VaultGate } from '@/components/account/vault-gate';
import { NewRequestForm } from '@/components/request/new-request-form';
import type { CreateActions } from '@/components/request/request-actions';
import { RequestResult } from '@/components/request/request-result';
import { useNewRequest } from '@/components/request/use-new-request';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import type { ExpiresIn } from '@/lib/messages/policy';
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
  const { created, create, startAnew, ...work } = useNewRequest(accountId, actions);
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
