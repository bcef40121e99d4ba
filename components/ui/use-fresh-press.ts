import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';

/** Longer than a double click or a bouncing thumb takes. Milliseconds. */
const ARMING_MS = 700;

export interface FreshPress {
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
export function useFreshPress(startsArmed: boolean): FreshPress {
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
