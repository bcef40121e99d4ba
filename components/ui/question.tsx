'use client';

import type { ReactNode } from 'react';
import { useHydrated } from '@/components/secret/use-hydrated';
import { Button, type ButtonProps } from '@/components/ui/button';
import { LinkButton } from '@/components/ui/link-button';
import { PassingButton } from '@/components/ui/passing-button';
import { useQuestionPlace } from '@/components/ui/use-question-place';

/** The words of an act that can't be taken back. */
export interface QuestionWords {
  /** What will be lost, and that it stays so. */
  readonly question: ReactNode;
  /** What carries it out. */
  readonly confirm: string;
  /** What leaves everything as it is. */
  readonly keep: string;
}

export interface QuestionProps extends Pick<
  ButtonProps,
  'type' | 'name' | 'value' | 'pending' | 'pendingText'
> {
  readonly words: QuestionWords;
  readonly onConfirm?: (() => void) | undefined;
  readonly onKeep: () => void;
  /** Where to go in order to keep everything without a script, if the question can come without one. */
  readonly keepHref?: string | undefined;
}

/**
 * Comes in the place of the button that asked it; under the pointer lies the sentence, not a button.
 */
export function Question({ words, onConfirm, onKeep, keepHref, ...confirm }: QuestionProps) {
  const isHydrated = useHydrated();
  // Without a script the question is a page of its own, and nothing could arm its button.
  const { group, textId, press } = useQuestionPlace(!isHydrated);
  return (
    <div {...group}>
      <p id={textId} className="question-text">
        {words.question}
      </p>
      <div className="question-answers">
        {isHydrated || keepHref === undefined ? (
          <Button onClick={({ detail }) => detail <= 1 && onKeep()}>{words.keep}</Button>
        ) : (
          <LinkButton href={keepHref}>{words.keep}</LinkButton>
        )}
        <PassingButton
          {...confirm}
          {...press.handlers}
          variant="danger"
          className="wrap-anywhere"
          aria-disabled={press.isArmed ? undefined : true}
          onClick={onConfirm}
        >
          {words.confirm}
        </PassingButton>
      </div>
    </div>
  );
}
