'use client';

import { useCallback, useRef, useState } from 'react';
import { useFormWork, type FormOutcome, type FormWork } from '@/components/account/use-form-work';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';

export interface Saving {
  /** Its fields `code` and `lossConfirmed` have a place for an error of their own. */
  readonly work: FormWork;
  /** It was tried, and no answer came: what holds until then can't be said any more. */
  readonly mayBeDone: boolean;
  readonly submit: (given: FormData) => void;
}

/**
 * For what is shown once and in force once it is said to be kept: it is asked before the page is left,
 * and where what puts it in force is refused, or throws, it stays on the screen.
 *
 * @param name ids of the form's controls begin with it
 * @param step what is being done while `onSaved` is
 */
export function useSaving(
  name: string,
  step: string,
  onSaved: (given: FormData) => Promise<FormOutcome>,
): Saving {
  const isSaved = useRef(false);
  const [mayBeDone, setMayBeDone] = useState(false);
  const work = useFormWork(name, ['code', 'lossConfirmed'], { label: step });
  useLeaveGuard(useCallback(() => !isSaved.current, []));

  const submit = (given: FormData) =>
    work.submit(async () => {
      // What it leads to may leave the page, without a question then.
      isSaved.current = true;
      let refused: FormOutcome | 'threw' = 'threw';
      try {
        return (refused = await onSaved(given));
      } finally {
        isSaved.current = refused === null;
        if (refused === 'threw') setMayBeDone(true);
      }
    });

  return { work, mayBeDone, submit };
}
