'use client';

import { useEffect, useRef, type ReactNode } from 'react';
import { NeedsScript } from '@/components/account/needs-script';
import { useHydrated } from '@/components/secret/use-hydrated';
import type { ShownTrouble } from '@/components/secret/use-work';
import { Working } from '@/components/secret/working';
import { Button } from '@/components/ui/button';
import { LiveRegion } from '@/components/ui/live-region';
import { Notice } from '@/components/ui/notice';
import { Problem } from '@/components/ui/problem';
import { canEncryptHere } from '@/lib/browser/browser-crypto';
import type { RefusalCode } from '@/lib/refusal-code';
import { account } from '@/messages/en/account';
import { refusals, troubles } from '@/messages/en/errors';

export interface AccountFormProps {
  /** Of the fields below, by their ids; `form` stands for all. */
  readonly errors: Readonly<Partial<Record<string, RefusalCode>>>;
  readonly trouble: ShownTrouble | null;
  /** What is being done; null while nothing is. */
  readonly step: { readonly label: string; readonly longLabel?: string } | null;
  readonly submit: string;
  /** What has come of it, said beside the button; '' until then. */
  readonly done?: string;
  readonly onSubmit: (form: FormData) => void;
  readonly children: ReactNode;
}

/**
 * A form that only a script can send, since the password must stay here. It
 * shows what is under way, what went wrong, and where: the first wrong field
 * takes the focus.
 */
export function AccountForm(props: AccountFormProps) {
  const { errors, trouble, step, submit, done, onSubmit, children } = props;
  const isHydrated = useHydrated();
  const button = useRef<HTMLButtonElement>(null);
  const problem = trouble === null ? errors['form'] && refusals[errors['form']] : troubles[trouble];

  const isWorking = step !== null;
  useEffect(() => {
    // Fields take no focus while work is under way, and an error may be known before that is over.
    if (isWorking) return;
    const first = Object.keys(errors).find((id) => id !== 'form');
    if (first !== undefined) document.getElementById(first)?.focus();
  }, [errors, isWorking]);
  useEffect(() => {
    if (problem !== undefined) button.current?.focus();
  }, [problem]);

  return (
    <form
      noValidate={isHydrated}
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        // Enter in a field sends, too, and the fields take no focus while it is under way.
        button.current?.focus();
        onSubmit(new FormData(event.currentTarget));
      }}
      className="grid gap-6"
    >
      <NeedsScript />
      {isHydrated && !canEncryptHere() && <Notice tone="warning">{account.needsHttps}</Notice>}
      <div className="grid gap-6" inert={step !== null}>
        {children}
      </div>
      <Problem text={problem} />
      <div className="actions">
        <Button ref={button} type="submit" variant="primary" pending={step !== null}>
          {submit}
        </Button>
        {done !== undefined && <LiveRegion className="text-muted">{done}</LiveRegion>}
      </div>
      {step !== null && <Working key={step.label} {...step} />}
    </form>
  );
}
