'use client';

import type { ReactNode } from 'react';
import { NeedsScript } from '@/components/account/needs-script';
import { SecretForm } from '@/components/form/secret-form';
import type { ShownErrors } from '@/components/form/use-shown-errors';
import { useHydrated } from '@/components/secret/use-hydrated';
import type { ShownTrouble } from '@/components/secret/use-work';
import { LiveRegion } from '@/components/ui/live-region';
import { Notice } from '@/components/ui/notice';
import { canEncryptHere } from '@/lib/browser/browser-crypto';
import { account } from '@/messages/en/account';
import { refusals, troubles } from '@/messages/en/errors';

export interface AccountFormProps {
  /** Of the fields below, by their ids; `form` stands for all. */
  readonly errors: ShownErrors;
  readonly trouble: ShownTrouble | null;
  /** What is being done; null while nothing is. */
  readonly step: { readonly label: string; readonly longLabel?: string } | null;
  readonly submit: string;
  /** What has come of it, said beside the button; '' until then. */
  readonly done?: string;
  readonly onSubmit: (form: FormData) => void;
  readonly children: ReactNode;
}

/** A form that only a script can send, since the password must stay here. */
export function AccountForm(props: AccountFormProps) {
  const { errors, trouble, step, submit, done, onSubmit, children } = props;
  const isHydrated = useHydrated();
  const refusal = errors.found['form'];
  const problem = trouble === null ? refusal && refusals[refusal] : troubles[trouble];
  return (
    <SecretForm
      sent={{ by: 'script', otherwise: <NeedsScript /> }}
      errors={errors}
      problem={problem && <p>{problem}</p>}
      step={step}
      button={{ children: submit }}
      onSubmit={(form) => onSubmit(new FormData(form))}
      before={isHydrated && !canEncryptHere() && <NoEncryption />}
      beside={done !== undefined && <LiveRegion className="text-muted">{done}</LiveRegion>}
    >
      {children}
    </SecretForm>
  );
}

function NoEncryption() {
  const { needsHttps, noEncryption } = account;
  if (isSecureContext) return <Notice tone="warning">{noEncryption}</Notice>;
  return (
    <Notice tone="warning" heading={needsHttps.heading}>
      <p>{needsHttps.text}</p>
    </Notice>
  );
}
