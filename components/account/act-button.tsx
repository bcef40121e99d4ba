'use client';

import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useFormWork, type Ask } from '@/components/account/account-form';
import { IrreversibleAct } from '@/components/ui/irreversible-act';
import { LiveRegion } from '@/components/ui/notice';
import { PassingButton } from '@/components/ui/question';
import type { QuestionWords } from '@/components/ui/question';
import { TimeStamp } from '@/components/ui/time-stamp';
import type { DoneResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import type { Act } from '@/lib/browser/browser-trouble';

export interface ActButtonProps {
  readonly act: Act;
  readonly action: Ask<DoneResult>;
  readonly fields: Readonly<Record<string, string>>;
  readonly label: string;
  /** Says which one, where the same button stands in every row. */
  readonly ariaLabel?: string;
  readonly pendingText: string;
  /** For what can't be undone: what is asked first. */
  readonly asks?: QuestionWords;
}

/** A button that does one thing, at once or after a question, and then shows the page as it is now, maybe without the button. */
export function ActButton(props: ActButtonProps) {
  const { act, action, fields, label, ariaLabel, pendingText, asks } = props;
  const router = useRouter();
  const { submit, step, problem } = useFormWork(act, [], { label: pendingText });

  const press = () =>
    submit(async (form) => {
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      const result = await askServer(act, () => action(form));
      if (result.status === 'done') router.refresh();
      return result;
    });

  const work = { pending: step !== null, pendingText };
  return (
    <div className="grid justify-items-start gap-2">
      {asks === undefined ? (
        <PassingButton aria-label={ariaLabel} {...work} onClick={press}>
          {label}
        </PassingButton>
      ) : (
        <IrreversibleAct label={label} words={asks} {...work} onConfirm={press} />
      )}
      <LiveRegion politeness="assertive" className="text-danger empty:hidden">
        {problem}
      </LiveRegion>
    </div>
  );
}

export interface ActRowProps {
  readonly title: ReactNode;
  /** What is so since or until `at`. */
  readonly detail: string;
  /** ISO 8601 in UTC */
  readonly at: string;
  /** Its `ActButton`, where something can be done to it. */
  readonly children: ReactNode;
}

/** One of a list of things with an act each. */
export function ActRow({ title, detail, at, children }: ActRowProps) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-3">
      <div className="min-w-0">
        <p className="wrap-anywhere">{title}</p>
        <p className="text-muted text-sm">
          {detail} <TimeStamp at={at} />
        </p>
      </div>
      {children}
    </li>
  );
}
