'use client';

import { useState } from 'react';
import type { RefusalCode } from '@/lib/refusal-code';
import { refusals } from '@/messages/en/errors';

/** By a control's id or name; `form` stands for the whole. A new check makes a new object. */
export type FormErrors = Readonly<Partial<Record<string, RefusalCode>>>;

export interface ShownErrors {
  /** As the last check found them. */
  readonly found: FormErrors;
  readonly codeOf: (field: string) => RefusalCode | undefined;
  /** The sentence that belongs under a field; none once the field was edited. */
  readonly errorOf: (field: string) => string | undefined;
  /** The person has edited these: what the last check said of them is answered. */
  readonly answer: (...fields: readonly string[]) => void;
}

const NOTHING: ReadonlySet<string> = new Set();

/** The errors of a form, each until its field is edited; the next check brings those that remain. */
export function useShownErrors(found: FormErrors): ShownErrors {
  const [answered, setAnswered] = useState({ found, fields: NOTHING });
  const fields = answered.found === found ? answered.fields : NOTHING;
  const codeOf = (field: string) => (fields.has(field) ? undefined : found[field]);
  return {
    found,
    codeOf,
    errorOf: (field) => {
      const code = codeOf(field);
      return code && refusals[code];
    },
    answer: (...edited) => {
      if (edited.every((field) => found[field] === undefined || fields.has(field))) return;
      setAnswered({ found, fields: new Set([...fields, ...edited]) });
    },
  };
}
