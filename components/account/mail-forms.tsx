'use client';

import { useState, type ReactNode } from 'react';
import { AccountForm, textOf, useFormWork, type Ask } from '@/components/account/account-form';
import { EmailField } from '@/components/account/credential-fields';
import { ArrivingHeading } from '@/components/ui/arriving-heading';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/surface';
import type { DoneResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { account } from '@/messages/en/account';
import { recovery } from '@/messages/en/recovery';
import { fill } from '@/messages/fill';

export interface AskRecoveryFormProps {
  readonly askForRecovery: Ask<DoneResult>;
}

/** Asks for a link by mail. What it says afterwards does not tell whether there is an account. */
export function AskRecoveryForm({ askForRecovery }: AskRecoveryFormProps) {
  const words = recovery.ask;
  const [email, setEmail] = useState('');
  const work = useFormWork('recover', ['email'], { label: words.working });
  if (work.isDone) {
    return (
      <Done words={words} email={email} href="/sign-in" onward={words.back}>
        <p>{words.notThere}</p>
      </Done>
    );
  }
  return (
    <div className="grid gap-8">
      <PageHeading lead={words.lead}>{words.heading}</PageHeading>
      <AccountForm
        work={work}
        submit={words.submit}
        onSubmit={(given) => {
          setEmail(textOf(given, 'email'));
          return askServer('askForRecovery', () => askForRecovery(given));
        }}
      >
        <EmailField {...work.field('email')} />
      </AccountForm>
    </div>
  );
}

export interface ConfirmEmailFormProps {
  /** Of the link. */
  readonly token: string;
  readonly email: string;
  readonly confirmEmail: Ask<DoneResult>;
}

/** By a button: a mail scanner that follows the link changes nothing. */
export function ConfirmEmailForm({ token, email, confirmEmail }: ConfirmEmailFormProps) {
  const words = account.confirmEmail;
  const work = useFormWork('confirm-email', [], { label: words.working });
  if (work.isDone) {
    return <Done words={words} email={email} href="/dashboard" onward={words.goOn} />;
  }
  return (
    <div className="grid gap-8">
      <PageHeading lead={fill(words.lead, { email })}>{words.heading}</PageHeading>
      <AccountForm
        work={work}
        submit={words.submit}
        onSubmit={(given) => askServer('confirmEmail', () => confirmEmail(given))}
      >
        <input type="hidden" name="token" value={token} readOnly />
      </AccountForm>
    </div>
  );
}

interface DoneProps {
  readonly words: { readonly doneHeading: string; readonly done: string };
  readonly email: string;
  readonly href: string;
  readonly onward: string;
  readonly children?: ReactNode;
}

/** Comes in the form's place. */
function Done({ words, email, href, onward, children }: DoneProps) {
  return (
    <div className="grid gap-6">
      <ArrivingHeading arrives lead={fill(words.done, { email })}>
        {words.doneHeading}
      </ArrivingHeading>
      {children}
      <div>
        <LinkButton href={href}>{onward}</LinkButton>
      </div>
    </div>
  );
}
