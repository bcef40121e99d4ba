'use client';

import { useState } from 'react';
import {
  useShownErrors,
  type FormErrors,
  type ShownErrors,
} from '@/components/form/use-shown-errors';
import { useWork, type ShownTrouble } from '@/components/secret/use-work';
import type { Refused } from '@/lib/accounts/outcomes';
import type { RefusalCode } from '@/lib/refusal-code';

/** Nothing, or why nothing was changed. */
export type FormOutcome = Refused | null;

export interface FormWork {
  /** For `AccountForm`. */
  readonly shown: {
    readonly errors: ShownErrors;
    readonly trouble: ShownTrouble | null;
    readonly step: { readonly label: string; readonly longLabel?: string } | null;
  };
  /** Of a field's control, by the field's name. */
  readonly idOf: (field: string) => string;
  /** The sentence that belongs under a field. */
  readonly errorOf: (field: string) => string | undefined;
  /** Does what the form is for, once at a time, and shows what was refused where it belongs. */
  readonly submit: (work: (signal: AbortSignal) => Promise<FormOutcome>) => void;
}

/**
 * What the forms of settings and recovery have in common.
 *
 * @param name of the form: ids of its controls begin with it
 * @param fields that have a place for an error of their own
 */
export function useFormWork(
  name: string,
  fields: readonly string[],
  step: { readonly label: string; readonly longLabel?: string },
): FormWork {
  const work = useWork<'working'>();
  const [errors, setErrors] = useState<FormErrors>({});
  const shownErrors = useShownErrors(errors);
  const idOf = (field: string) => `${name}-${field}`;
  return {
    shown: { errors: shownErrors, trouble: work.trouble, step: work.step === null ? null : step },
    idOf,
    errorOf: (field) => shownErrors.errorOf(idOf(field)),
    submit: (task) => {
      setErrors({});
      void work.run('working', async (_next, signal) => {
        const refused = await task(signal);
        if (refused === null) return;
        const place = fields.find((field) => field === refused.field);
        setErrors(
          place === undefined
            ? { form: wholeRefusal(refused) }
            : { [idOf(place)]: refused.refusal },
        );
      });
    },
  };
}

/** A form without a place for the code is from before the second factor came on. */
function wholeRefusal({ refusal }: Refused): RefusalCode {
  return refusal === 'second_factor_needed' ? 'changed_meanwhile' : refusal;
}

/** Goes to the next page. The form stays as it is, at work, until that is there. */
export function leaveFor(path: string): Promise<never> {
  location.assign(path);
  return new Promise(() => {});
}

/** @param field null for the form as a whole */
export function refusedHere(refusal: RefusalCode, field: string | null = null): Refused {
  return { status: 'refused', refusal, field };
}
