'use client';

import { useState, type ReactNode } from 'react';
import type { FormOutcome } from '@/components/account/use-form-work';
import { PasswordForm } from '@/components/settings/password-form';
import { Button, type ButtonVariant } from '@/components/ui/button';
import { PassingButton } from '@/components/ui/passing-button';
import type { QuestionWords } from '@/components/ui/question';
import { useQuestionPlace } from '@/components/ui/use-question-place';
import type { VaultResult } from '@/lib/accounts/outcomes';

export interface ProvedActProps {
  /** Ids begin with it. */
  readonly name: string;
  readonly label: string;
  readonly words: QuestionWords;
  readonly variant?: ButtonVariant;
  /** Whether a code of the second factor is asked for, too. */
  readonly asksCode: boolean;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  readonly onProved: (form: FormData) => Promise<FormOutcome>;
  /** Stands between the question and the password. */
  readonly children?: ReactNode;
}

/**
 * An act upon an account, for which its doer proves who they are: a first press asks in its place, and
 * does nothing else. The focus goes to what it says, as with every question, and comes
 * back to the button once that is answered.
 */
export function ProvedAct(props: ProvedActProps) {
  const { label, variant = 'quiet', onProved } = props;
  const [isAsked, setAsked] = useState(false);
  const [wasAnswered, setAnswered] = useState(false);

  function leave() {
    setAnswered(true);
    setAsked(false);
  }

  if (isAsked) {
    const act = async (form: FormData) => {
      const refused = await onProved(form);
      if (refused === null) leave();
      return refused;
    };
    return <Asked {...props} onProved={act} onKeep={leave} />;
  }
  return (
    <PassingButton
      variant={variant}
      autoFocus={wasAnswered}
      className="justify-self-start wrap-anywhere"
      onClick={({ currentTarget }) => {
        // The question takes the focus, not the heading, which would scroll away from under it.
        currentTarget.blur();
        setAsked(true);
      }}
    >
      {label}
    </PassingButton>
  );
}

function Asked(props: ProvedActProps & { readonly onKeep: () => void }) {
  const { name, words, asksCode, readOwnVault, onProved, onKeep, children } = props;
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
      <PasswordForm
        name={name}
        readOwnVault={readOwnVault}
        asksCode={asksCode}
        submit={words.confirm}
        onProved={onProved}
      />
    </div>
  );
}
