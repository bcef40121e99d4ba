'use client';

import { useState } from 'react';
import { ComposeForm } from '@/components/secret/compose-form';
import { SealedResult } from '@/components/secret/sealed-result';
import { useStanding } from '@/components/secret/standing';
import { useCompose, type ComposeActions } from '@/components/secret/use-compose';
import { ArrivingHeading } from '@/components/ui/arriving-heading';
import { compose } from '@/messages/en/compose';

/** Writing a secret, and its link in the same place. */
export function ComposeMessage({ actions }: { readonly actions: ComposeActions }) {
  const { state, isPosted, submit, cancel, passphrase, startAnew, ...rest } = useCompose(
    actions,
    useStanding(),
  );
  const [hasStartedAnew, setStartedAnew] = useState(false);

  const another = () => {
    setStartedAnew(true);
    startAnew();
  };
  if (state.status === 'sealed') {
    return (
      <SealedResult
        links={state.links}
        qr={state.qr}
        passphrase={passphrase}
        arrives={!isPosted}
        onAnother={another}
      />
    );
  }
  return (
    <div className="grid gap-8">
      <ArrivingHeading arrives={hasStartedAnew} lead={compose.lead}>
        {compose.heading}
      </ArrivingHeading>
      <ComposeForm
        state={state}
        isPosted={isPosted}
        onSubmit={submit}
        onCancel={cancel}
        {...rest}
      />
    </div>
  );
}
