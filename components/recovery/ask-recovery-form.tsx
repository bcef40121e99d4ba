'use client';

import { useState } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { textOf } from '@/components/account/password-work';
import { useFormWork } from '@/components/account/use-form-work';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { TextField } from '@/components/ui/text-field';
import type { DoneResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { account } from '@/messages/en/account';
import { recovery } from '@/messages/en/recovery';
import { fill } from '@/messages/fill';

export interface AskRecoveryFormProps {
  readonly askForRecovery: (form: FormData) => Promise<DoneResult>;
}

/** Asks for a link by mail. What it says afterwards does not tell whether there is an account. */
export function AskRecoveryForm({ askForRecovery }: AskRecoveryFormProps) {
  const words = recovery.ask;
  const [asked, setAsked] = useState<string | null>(null);
  const work = useFormWork('recover', ['email'], { label: words.working });

  if (asked !== null) {
    return (
      <div className="grid gap-6">
        <ArrivingHeading arrives lead={fill(words.done, { email: asked })}>
          {words.doneHeading}
        </ArrivingHeading>
        <p>{words.notThere}</p>
        <div>
          <LinkButton href="/sign-in">{words.back}</LinkButton>
        </div>
      </div>
    );
  }
  return (
    <div className="grid gap-8">
      <PageHeading lead={words.lead}>{words.heading}</PageHeading>
      <AccountForm
        {...work.shown}
        submit={words.submit}
        onSubmit={(form) =>
          work.submit(async () => {
            const result = await askServer('askForRecovery', () => askForRecovery(form));
            if (result.status === 'refused') return result;
            setAsked(textOf(form, 'email'));
            return null;
          })
        }
      >
        <TextField
          id={work.idOf('email')}
          name="email"
          type="email"
          autoComplete="username"
          label={account.fields.email.label}
          error={work.errorOf('email')}
        />
      </AccountForm>
    </div>
  );
}
