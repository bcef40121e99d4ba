'use client';

import { useCallback, useLayoutEffect, useRef } from 'react';
import { Select, type SelectOption } from '@/components/ui/choice';
import type { ExpiresIn } from '@/lib/sealed/policy';
import { compose } from '@/messages/en/compose';

/** Lifetimes as a select offers them, in their order. */
export function expiryOptions(choices: readonly ExpiresIn[]): readonly SelectOption[] {
  return choices.map((value) => ({ value, label: compose.expiresIn.choices[value] }));
}

export interface ExpiryFieldProps {
  readonly id: string;
  readonly error: string | undefined;
  readonly defaultValue: string;
  /** In the order of the form. Fewer than were printed, where the owner allows no longer ones. */
  readonly choices: readonly ExpiresIn[];
}

/** How long the link may wait. Uncontrolled, since it is used before its script runs. */
export function ExpiryField({ choices, ...rest }: ExpiryFieldProps) {
  const select = useRef<HTMLSelectElement | null>(null);
  const chosen = useRef<string | null>(null);
  const attach = useCallback((element: HTMLSelectElement | null) => {
    select.current = element;
    // What was chosen before the script took over counts too.
    if (element !== null) chosen.current ??= element.value;
  }, []);

  // A choice that is taken away must not become whichever comes first: the longest is meant.
  useLayoutEffect(() => {
    const isThere = choices.some((choice) => choice === chosen.current);
    if (select.current === null || isThere) return;
    select.current.value = choices.at(-1) ?? '';
    chosen.current = select.current.value;
  }, [choices]);

  return (
    <Select
      {...rest}
      ref={attach}
      name="expiresIn"
      label={compose.expiresIn.label}
      options={expiryOptions(choices)}
      onChange={(event) => {
        chosen.current = event.currentTarget.value;
      }}
      className="sm:max-w-64"
    />
  );
}
