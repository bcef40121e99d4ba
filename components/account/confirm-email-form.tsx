'use client';

import { useState } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { useFormWork } from '@/components/account/use-form-work';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import type { DoneResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { account } from '@/messages/en/account';
import { fill } from '@/messages/fill';

export interface ConfirmEmailFormProps {
  /** Of the link. */
  readonly token: string;
  readonly email: string;
  readonly confirmEmail: (form: FormData) => Promise<DoneResult>;
}

/** By a button: a mail scanner that follows the link changes nothing. */
export function ConfirmEmailForm({ token, email, confirmEmail }: ConfirmEmailFormProps) {
  const words = account.confirmEmail;
  const [isDone, setDone] = useState(false);
  const work = useFormWork('confirm-email', [], { label: words.working });

  if (isDone) {
    return (
      <div className="grid gap-6">
        <ArrivingHeading arrives lead={fill(words.done, { email })}>
          {words.doneHeading}
        </ArrivingHeading>
        <div>
          <LinkButton href="/dashboard">{words.goOn}</LinkButton>
        </div>
      </div>
    );
  }
  return (
    <div className="grid gap-8">
      <PageHeading lead={fill(words.lead, { email })}>{words.heading}</PageHeading>
      <AccountForm
        {...work.shown}
        submit={words.submit}
        onSubmit={(form) =>
          work.submit(async () => {
            const result = await askServer('confirmEmail', () => confirmEmail(form));
            if (result.status === 'refused') return result;
            setDone(true);
            return null;
          })
        }
      >
        <input type="hidden" name="token" value={token} readOnly />
      </AccountForm>
    </div>
  );
}
