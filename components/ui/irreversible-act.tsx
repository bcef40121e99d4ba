'use client';

import { useCallback, useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import { Button, type ButtonVariant } from '@/components/ui/button';
import { Question, type QuestionWords } from '@/components/ui/question';

export interface IrreversibleActProps {
  /** What the button is called that asks. */
  readonly label: string;
  readonly words: QuestionWords;
  readonly pending: boolean;
  readonly pendingText: ReactNode;
  readonly variant?: ButtonVariant | undefined;
  readonly onConfirm: () => void;
  /** Of the button that asks, or of the form. */
  readonly className?: string | undefined;
}

/**
 * What can't be taken back: a first press asks in its place and does nothing else, and only a
 * second, deliberate one does it. Every such act of the app is this component or the form below.
 */
export function IrreversibleAct(props: IrreversibleActProps) {
  const { label, words, variant = 'danger', className, onConfirm, ...work } = props;
  const { isAsked, ask, keep, takeBack } = useAsked(false);
  if (isAsked || work.pending) {
    return <Question {...work} words={words} onConfirm={onConfirm} onKeep={keep} />;
  }
  return (
    <Button ref={takeBack} variant={variant} className={className} onClick={ask}>
      {label}
    </Button>
  );
}

/** Whether the question is asked; the button that asks it has the focus again once it is dropped. */
export function useAsked(wasAsked: boolean) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const wasKept = useRef(false);
  const takeBack = useCallback((button: HTMLButtonElement | null) => {
    if (button !== null && wasKept.current) button.focus();
  }, []);
  return {
    isAsked: chosen ?? wasAsked,
    ask: () => setChosen(true),
    keep: () => {
      wasKept.current = true;
      setChosen(false);
    },
    takeBack,
  };
}

export interface IrreversibleFormProps extends Omit<IrreversibleActProps, 'onConfirm'> {
  /** Where the form posts itself without a script; nowhere where it needs one. */
  readonly action: ((form: FormData) => void) | undefined;
  /** Whether it was posted to be asked. */
  readonly wasAsked: boolean;
  /** The page it stands on: where nothing was asked. */
  readonly keepHref?: string | undefined;
  readonly onSubmit: (form: HTMLFormElement) => void;
  /** Hidden fields. */
  readonly children?: ReactNode;
}

/**
 * The same as a form that works without a script: its first button posts `intent` = `ask`, which is
 * answered with the question, and only the question holds the button that posts `destroy`.
 */
export function IrreversibleForm(props: IrreversibleFormProps) {
  const { label, words, variant = 'danger', action, wasAsked, keepHref, onSubmit } = props;
  const { ask, keep, takeBack, ...asked } = useAsked(wasAsked);
  const isAsked = asked.isAsked || props.pending;

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isAsked) onSubmit(event.currentTarget);
    else ask();
  }

  return (
    <form
      {...(action === undefined ? { method: 'dialog' } : { action })}
      onSubmit={submit}
      className={props.className}
    >
      {props.children}
      {isAsked ? (
        <Question
          words={words}
          type="submit"
          name="intent"
          value="destroy"
          pending={props.pending}
          pendingText={props.pendingText}
          keepHref={keepHref}
          onKeep={keep}
        />
      ) : (
        <Button
          ref={takeBack}
          variant={variant}
          // Before its script is there, a press asks the server.
          type="submit"
          name="intent"
          value="ask"
        >
          {label}
        </Button>
      )}
    </form>
  );
}
