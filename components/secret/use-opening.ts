'use client';

import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useWork } from '@/components/form/use-work';
import {
  canBeOpened,
  PRESS_YOURSELF,
  problemOfTrouble,
  show,
  withAgain,
  type Again,
  type MessageView,
  type OpenableView,
  type OpenActions,
  type OpenStep,
  type Shown,
} from '@/components/secret/message-view';
import { acknowledgeQuietly } from '@/lib/browser/ask-server';
import { holdClaim, type ClaimToHold, type Hold } from '@/lib/browser/claim-memory';
import { isPersonPressing, watchForGestures } from '@/lib/browser/user-gesture';
import type { Envelope } from '@/lib/protocol/envelope';

/**
 * What opening has in common for both seals: a person presses, one piece of work runs, and what was
 * opened can be shown again until its reader has it or its lease ends.
 *
 * @param acknowledge tells the server that the reader has the secret
 * @param leaseSeconds how long the recipient who opened it may ask again
 */
export function useOpening(acknowledge: OpenActions['acknowledge'], leaseSeconds: number) {
  const [scripted, setScripted] = useState<Shown | null>(null);
  const hold = useRef<Hold | null>(null);
  const { run, step, trouble, cancel, forgetTrouble } = useWork<OpenStep>();

  useEffect(watchForGestures, []);

  /** Whether to go on: the page can be opened from, and it was a person who pressed. */
  function begin(view: MessageView, form: HTMLFormElement): view is OpenableView {
    if (!canBeOpened(view)) return false;
    forgetTrouble();
    const isPressed = isPersonPressing(form);
    setScripted(show(view, isPressed ? null : PRESS_YOURSELF));
    return isPressed;
  }

  async function showOpened(secret: Envelope, claim: ClaimToHold): Promise<void> {
    const setAgain = (again: Again) =>
      setScripted((shown) => (shown === null ? null : withAgain(shown, again)));
    const { linkToken: token, nonce } = claim;
    setScripted(show({ view: 'opened', secret, again: null }));
    hold.current = await holdClaim(
      claim,
      leaseSeconds,
      () => acknowledgeQuietly(acknowledge, { token, nonce }),
      () => {
        hold.current = null;
        setAgain(null);
      },
    );
    const { until } = hold.current;
    if (until !== null) setAgain({ until });
  }

  return {
    /** What a script put in place of what the page came with; null for nothing yet. */
    scripted,
    setScripted,
    begin,
    run,
    step,
    trouble,
    cancel,
    showOpened,
    /** What shows the opened secret again; null where nothing does. */
    hold,
    release: useCallback(() => hold.current?.release(), []),
  };
}

/** The same page, with the trouble of the last work said on it. */
export function useWithTrouble(
  shown: Shown,
  { trouble }: Pick<ReturnType<typeof useOpening>, 'trouble'>,
): Shown {
  return useMemo(
    () => (trouble === null ? shown : show(shown.view, problemOfTrouble(trouble))),
    [shown, trouble],
  );
}

/** Calls `onEnd` when this tab can't show again any more what it was offered to show again. */
export function useHeldEnd(view: MessageView, onEnd: () => void): void {
  const heldUntil = view.view === 'repeatable' ? view.heldUntil : null;
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (heldUntil === null) return;
    const timer = setTimeout(end, Math.max(0, heldUntil - Date.now()));
    return () => clearTimeout(timer);
  }, [heldUntil]);
}
