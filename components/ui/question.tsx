'use client';

import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useHydrated } from '@/components/secret/use-hydrated';
import { Button, type ButtonProps } from '@/components/ui/button';
import { LinkButton } from '@/components/ui/link-button';
import { PassingButton } from '@/components/ui/passing-button';
import { useFreshPress } from '@/components/ui/use-fresh-press';

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
 * Comes in the place of the button that asked it. The focus goes to what it says, so that it is
 * read and the Enter key does nothing; under the pointer lies the sentence, not a button.
 */
export function Question({ words, onConfirm, onKeep, keepHref, ...confirm }: QuestionProps) {
  const id = useId();
  const isHydrated = useHydrated();
  const place = useRef<HTMLDivElement>(null);
  // Without a script the question is a page of its own, and nothing could arm its button.
  const { isArmed, handlers } = useFreshPress(!isHydrated);
  // It stays where the button was until a second click would have come: nothing slides under it.
  useEffect(() => place.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (isArmed) place.current?.scrollIntoView({ block: 'nearest' });
  }, [isArmed]);
  return (
    <div ref={place} role="group" aria-labelledby={id} tabIndex={-1} className="question">
      <p id={id} className="question-text">
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
          {...handlers}
          variant="danger"
          className="wrap-anywhere"
          aria-disabled={isArmed ? undefined : true}
          onClick={onConfirm}
        >
          {words.confirm}
        </PassingButton>
      </div>
    </div>
  );
}
