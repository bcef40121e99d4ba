'use client';

import { useState, type ReactNode } from 'react';
import { SecretForm } from '@/components/form/secret-form';
import {
  useShownErrors,
  type FormErrors,
  type ShownErrors,
} from '@/components/form/use-shown-errors';
import { useHydrated } from '@/components/ui/script-only';
import { useWork } from '@/components/form/use-work';
import { Notice, LiveRegion } from '@/components/ui/notice';
import type { DoneResult, Refused } from '@/lib/accounts/outcomes';
import { canEncryptHere } from '@/lib/browser/browser-trouble';
import type { RefusalCode } from '@/lib/refusal-code';
import { account } from '@/messages/en/account';
import { refusals, troubles } from '@/messages/en/errors';

/** A server action, handed in by the page. */
export type Ask<Result> = (form: FormData) => Promise<Result>;

/**
 * That it is done, or why nothing was changed: several refusals where a form is checked as a whole,
 * none where it asks for something more.
 */
export type FormOutcome = DoneResult | readonly Refused[];

/** What a form does with what was typed; `next` names the step that it comes to. */
export type FormTask = (
  given: FormData,
  signal: AbortSignal,
  next: (label: string) => void,
) => Promise<FormOutcome>;

/** What is being done, and what is said of it once it takes long. */
export interface FormStep {
  readonly label: string;
  readonly longLabel?: string;
}

/** The step of a form whose password is stretched. */
export const stretching = (label: string): FormStep => ({
  label,
  longLabel: account.stretchingLong,
});

export interface FormWork {
  /** Of the fields, by their ids; `form` stands for all. */
  readonly errors: ShownErrors;
  /** Why it failed as a whole, and what helps. */
  readonly problem: string | undefined;
  /** null while nothing is done. */
  readonly step: FormStep | null;
  /** That it was done, until it is tried again. */
  readonly isDone: boolean;
  /** What a field's control needs: the id follows from the form's name and the field's. */
  readonly field: (name: string) => {
    readonly id: string;
    readonly name: string;
    /** The sentence that belongs under it. */
    readonly error: string | undefined;
  };
  /** Does what the form is for, once at a time, and shows what was refused where it belongs. */
  readonly submit: (task: FormTask, given?: FormData) => void;
}

/**
 * The work of a form, or of a button that acts like one.
 *
 * @param name of the form: ids of its controls begin with it
 * @param fields that have a place for an error of their own
 */
export function useFormWork(name: string, fields: readonly string[], step: FormStep): FormWork {
  const work = useWork<string>();
  const [errors, setErrors] = useState<FormErrors>({});
  const [isDone, setDone] = useState(false);
  const shownErrors = useShownErrors(errors);
  const idOf = (field: string) => `${name}-${field}`;
  const whole = shownErrors.found['form'];

  const placed = ({ refusal, field }: Refused): [string, RefusalCode] => {
    if (field !== null && fields.includes(field)) return [idOf(field), refusal];
    // A form without a place for the code is from before the second factor came on.
    return ['form', refusal === 'second_factor_needed' ? 'changed_meanwhile' : refusal];
  };
  return {
    errors: shownErrors,
    problem: work.trouble === null ? whole && refusals[whole] : troubles[work.trouble],
    step: work.step === null ? null : { ...step, label: work.step },
    isDone,
    field: (name) => ({ id: idOf(name), name, error: shownErrors.errorOf(idOf(name)) }),
    submit: (task, given = new FormData()) => {
      setErrors({});
      setDone(false);
      void work.run(step.label, async (next, signal) => {
        const outcome = await task(given, signal, next);
        if ('status' in outcome && outcome.status === 'done') setDone(true);
        else setErrors(Object.fromEntries([outcome].flat().map(placed)));
      });
    },
  };
}

/** @param field null for the form as a whole */
export function refusedHere(refusal: RefusalCode, field: string | null = null): Refused {
  return { status: 'refused', refusal, field };
}

/** A field of a form, '' where there is none. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** Goes to the next page. The form stays as it is, at work, until that is there. */
export function leaveFor(path: string): Promise<never> {
  location.assign(path);
  return new Promise(() => {});
}

/** The same for a form with nothing else to do once it is done. */
export async function leaveIfDone(result: DoneResult, path: string): Promise<Refused> {
  return result.status === 'refused' ? result : leaveFor(path);
}

export interface AccountFormProps {
  readonly work: FormWork;
  readonly submit: string;
  /** What is said beside the button once it is done. */
  readonly says?: string;
  readonly onSubmit: FormTask;
  readonly children: ReactNode;
}

/** A form that only a script can send, since the password must stay here. */
export function AccountForm({ work, submit, says, onSubmit, children }: AccountFormProps) {
  const isHydrated = useHydrated();
  return (
    <SecretForm
      sent={{ by: 'script', otherwise: <NeedsScript /> }}
      errors={work.errors}
      problem={work.problem && <p>{work.problem}</p>}
      step={work.step}
      button={{ children: submit }}
      onSubmit={(form) => work.submit(onSubmit, new FormData(form))}
      before={isHydrated && !canEncryptHere() && <NoEncryption />}
      beside={
        says !== undefined && (
          <LiveRegion className="text-muted">{work.isDone ? says : ''}</LiveRegion>
        )
      }
    >
      {children}
    </SecretForm>
  );
}

/** Stands in `<noscript>` where a vault or a password is asked for. */
export function NeedsScript() {
  return (
    <Notice tone="warning" heading={account.needsScript.heading}>
      <p>{account.needsScript.text}</p>
    </Notice>
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
