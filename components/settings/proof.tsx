'use client';

import { useState, type ReactNode } from 'react';
import {
  AccountForm,
  refusedHere,
  stretching,
  textOf,
  useFormWork,
  type Ask,
  type FormOutcome,
  type FormWork,
} from '@/components/account/account-form';
import { CodeField, PasswordField } from '@/components/account/credential-fields';
import { Button, type ButtonVariant } from '@/components/ui/button';
import { PassingButton, useQuestionPlace } from '@/components/ui/question';
import type { QuestionWords } from '@/components/ui/question';
import type { Refused, VaultResult } from '@/lib/accounts/outcomes';
import { loadPart } from '@/lib/browser/browser-trouble';
import type { OpenVault } from '@/lib/browser/vault/vault-memory';
import { settings } from '@/messages/en/settings';

const loadUnlocking = () => loadPart(() => import('@/lib/browser/vault/unlock-vault'));

/** What is being done while a password is proved. */
export const PROVING = stretching(settings.checking);

/** The fields of `ProofFields`, for `useFormWork`. */
export const proofFields = (asksCode: boolean): readonly string[] =>
  asksCode ? ['password', 'code'] : ['password'];

export interface ProofFieldsProps {
  readonly work: FormWork;
  readonly asksCode: boolean;
}

/** The password once more, and a code where a second factor is on and the act takes one. */
export function ProofFields({ work, asksCode }: ProofFieldsProps) {
  return (
    <>
      <PasswordField {...work.field('password')} autoComplete="current-password" />
      {asksCode && <CodeField {...work.field('code')} />}
    </>
  );
}

/** What it takes to prove who is at work here. */
export interface Proving {
  readonly readOwnVault: Ask<VaultResult>;
  /** Whether a code of the second factor is asked for, too. */
  readonly asksCode: boolean;
}

export interface Proof {
  /** For the server: the password stays here. */
  readonly form: FormData;
  readonly vault: OpenVault;
}

/** What was typed into `ProofFields`, as the server wants to see it. */
export async function prove(
  { readOwnVault, asksCode }: Proving,
  given: FormData,
  signal: AbortSignal,
): Promise<Proof | Refused> {
  const [password, code] = [textOf(given, 'password'), textOf(given, 'code')];
  if (password === '') return refusedHere('password_wrong', 'password');
  // Asked before the work: a password that takes seconds should not be worked at for nothing.
  if (asksCode && code === '') return refusedHere('second_factor_needed', 'code');
  const { confirmPassword } = await loadUnlocking();
  const confirmed = await confirmPassword(readOwnVault, password, signal);
  if ('refusal' in confirmed) return refusedHere(confirmed.refusal, 'password');
  const form = new FormData();
  form.set('signInKey', confirmed.signInKey);
  if (asksCode) form.set('code', code);
  return { form, vault: confirmed.vault };
}

export interface ProofFormProps extends Proving {
  /** Ids begin with it. */
  readonly name: string;
  readonly submit: string;
  /** What is said once it is done. */
  readonly says?: string;
  /** Fields before those of the proof, by their names, and what draws them. */
  readonly fields?: readonly string[];
  readonly children?: (work: FormWork) => ReactNode;
  /** Gets a form with the proof of the password, to add to and to post. */
  readonly onProved: (form: FormData, vault: OpenVault, given: FormData) => Promise<FormOutcome>;
}

/** Does something for which the password is asked once more. */
export function ProofForm(props: ProofFormProps) {
  const { name, asksCode, submit, says, fields = [], onProved } = props;
  const work = useFormWork(name, [...fields, ...proofFields(asksCode)], PROVING);
  return (
    <AccountForm
      work={work}
      submit={submit}
      {...(says !== undefined && { says })}
      onSubmit={async (given, signal) => {
        const proof = await prove(props, given, signal);
        return 'refusal' in proof ? proof : onProved(proof.form, proof.vault, given);
      }}
    >
      {props.children?.(work)}
      <ProofFields work={work} asksCode={asksCode} />
    </AccountForm>
  );
}

export interface ProvedActProps extends Proving {
  /** Ids begin with it. */
  readonly name: string;
  readonly label: string;
  readonly words: QuestionWords;
  readonly variant?: ButtonVariant;
  readonly onProved: (form: FormData) => Promise<FormOutcome>;
  /** Stands between the question and the password. */
  readonly children?: ReactNode;
}

/**
 * An act upon an account, for which its doer proves who they are: a first press asks in its place, and
 * does nothing else. The focus goes to what it says, as with every question, and comes
 * back to the button once that is answered.
 */
export function ProvedAct({ onProved, ...props }: ProvedActProps) {
  const { label, variant = 'quiet' } = props;
  const [state, setState] = useState<'resting' | 'asked' | 'answered'>('resting');

  if (state === 'asked') {
    const act = async (form: FormData) => {
      const outcome = await onProved(form);
      if ('status' in outcome && outcome.status === 'done') setState('answered');
      return outcome;
    };
    return <Asked {...props} onProved={act} onKeep={() => setState('answered')} />;
  }
  return (
    <PassingButton
      variant={variant}
      autoFocus={state === 'answered'}
      className="justify-self-start wrap-anywhere"
      onClick={({ currentTarget }) => {
        // The question takes the focus, not the heading, which would scroll away from under it.
        currentTarget.blur();
        setState('asked');
      }}
    >
      {label}
    </PassingButton>
  );
}

function Asked(props: ProvedActProps & { readonly onKeep: () => void }) {
  const { words, onKeep, children, ...proof } = props;
  const { group, textId } = useQuestionPlace(false);
  return (
    <div {...group}>
      <div id={textId} className="question-text">
        {words.question}
      </div>
      {children}
      <div>
        <Button onClick={({ detail }) => detail <= 1 && onKeep()}>{words.keep}</Button>
      </div>
      <ProofForm {...proof} submit={words.confirm} />
    </div>
  );
}
