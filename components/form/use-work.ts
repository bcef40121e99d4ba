'use client';

import { useCallback, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { troubleCodeOf, type TroubleCode } from '@/lib/browser/browser-trouble';
import { hasAnsweredToLeave } from '@/lib/browser/leave-page';

export type ShownTrouble = Exclude<TroubleCode, 'cancelled'>;

export interface Work<Step extends string> {
  /** What is under way; null while nothing is. */
  readonly step: Step | null;
  /** Why the last work failed; null if it did not. A cancelled one did not. */
  readonly trouble: ShownTrouble | null;
  /**
   * Runs one piece of work at a time; a second one is not started. What it
   * throws becomes `trouble`, so that no page is replaced by an error page and
   * nothing typed is lost. Give it `signal` where it can be stopped.
   */
  readonly run: (
    first: Step,
    work: (next: (step: Step) => void, signal: AbortSignal) => Promise<void>,
  ) => Promise<void>;
  readonly cancel: () => void;
  readonly forgetTrouble: () => void;
}

/** What a form does when it is submitted by script: step by step, cancellable, failing into words. */
export function useWork<Step extends string>(): Work<Step> {
  const [step, setStep] = useState<Step | null>(null);
  const [trouble, setTrouble] = useState<ShownTrouble | null>(null);
  const running = useRef<AbortController | null>(null);

  const run = useCallback<Work<Step>['run']>(async (first, work) => {
    if (running.current !== null) return;
    const controller = new AbortController();
    running.current = controller;
    setTrouble(null);
    setStep(first);
    try {
      await work(setStep, controller.signal);
    } catch (error) {
      const code = troubleCodeOf(error);
      setTrouble(code === 'cancelled' ? null : code);
    } finally {
      running.current = null;
      setStep(null);
    }
  }, []);

  const cancel = useCallback(() => running.current?.abort(), []);
  const forgetTrouble = useCallback(() => setTrouble(null), []);
  return { step, trouble, run, cancel, forgetTrouble };
}

/** Asks before the page is left while `hasUnsaved` says that something would be lost. */
export function useLeaveGuard(hasUnsaved: () => boolean): void {
  const ask = useEffectEvent((event: BeforeUnloadEvent) => {
    if (!hasAnsweredToLeave() && hasUnsaved()) event.preventDefault();
  });
  // With what is to be guarded, not after it was painted: it may be left at once.
  useLayoutEffect(() => {
    const listener = (event: BeforeUnloadEvent) => ask(event);
    addEventListener('beforeunload', listener);
    return () => removeEventListener('beforeunload', listener);
  }, []);
}
