'use client';

import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { useHydrated } from '@/components/ui/script-only';
import { Button, LinkButton, type ButtonProps } from '@/components/ui/button';

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

/**
 * How a question comes in the place of the button that asked it: the focus goes to what it says, so
 * that it is read and the Enter key does nothing. It stays where the button was until a second click
 * would have come: nothing slides under it.
 *
 * @param startsArmed where it came with its page, so that no press can be left over
 * @returns `group`, for the element around it all; `textId`, for the one with its words; and the
 * fresh press that its dangerous button waits for
 */
export function useQuestionPlace(startsArmed: boolean) {
  const textId = useId();
  const place = useRef<HTMLDivElement>(null);
  const press = useFreshPress(startsArmed);
  useEffect(() => place.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (press.isArmed) place.current?.scrollIntoView({ block: 'nearest' });
  }, [press.isArmed]);
  const group = {
    ref: place,
    role: 'group',
    'aria-labelledby': textId,
    tabIndex: -1,
    className: 'question',
  } as const;
  return { group, textId, press };
}

/** Longer than a double click or a bouncing thumb takes. Milliseconds. */
const ARMING_MS = 700;

interface FreshPress {
  /** Whether a press counts yet. */
  readonly isArmed: boolean;
  /** For the button: what is not meant is stopped before anything else hears of it. */
  readonly handlers: {
    readonly onPointerDown: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onClickCapture: (event: MouseEvent) => void;
  };
}

/**
 * Lets a button be pressed only on purpose: some time after it appeared, by a press that began
 * since then, which is neither the second half of a double click nor a key that is held down.
 *
 * @param startsArmed where the button came with its page, so that no press can be left over
 */
function useFreshPress(startsArmed: boolean): FreshPress {
  const [isArmed, setArmed] = useState(startsArmed);
  const isLeftOver = useRef(false);
  /** The focus had to be brought here first, so a fresh key is meant however soon it comes. */
  const isKeyed = useRef(false);
  useEffect(() => {
    if (isArmed) return;
    const timer = setTimeout(() => setArmed(true), ARMING_MS);
    return () => clearTimeout(timer);
  }, [isArmed]);

  return {
    isArmed,
    handlers: {
      onPointerDown: () => {
        isLeftOver.current = !isArmed;
        isKeyed.current = false;
      },
      onKeyDown: (event) => {
        // The space bar clicks when it is let go, however long it was held.
        if (event.repeat && event.key !== 'Enter') return;
        isLeftOver.current = event.repeat;
        isKeyed.current = true;
      },
      onClickCapture: (event) => {
        const isReady = isArmed || isKeyed.current;
        if (isReady && !isLeftOver.current && event.detail <= 1) return;
        event.preventDefault();
        event.stopPropagation();
      },
    },
  };
}

/**
 * A button that may be gone once it has done its work. If it has the focus then, the heading of its
 * section takes it, as long as that can (`tabIndex={-1}`): the keyboard goes on from there, and a
 * screen reader says where that is.
 */
export function PassingButton(props: ButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const element = button.current;
    // Cleaned up while it is still in the page.
    return () => {
      if (element === null || element !== document.activeElement) return;
      element.closest('section')?.querySelector('h2')?.focus();
    };
  }, []);
  return <Button {...props} ref={button} />;
}
