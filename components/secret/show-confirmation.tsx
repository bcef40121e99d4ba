'use client';

import { useHydrated } from '@/components/secret/use-hydrated';
import { Checkbox } from '@/components/ui/checkbox';
import { open } from '@/messages/en/open';

/**
 * The box to tick where no script can tell a person from a robot that submits
 * forms. Once the script runs, the press of the button is the confirmation.
 *
 * @param isAskedFor the form was posted without it, so it has to be seen now
 */
export function ShowConfirmation({ isAskedFor }: { readonly isAskedFor: boolean }) {
  const isHydrated = useHydrated();
  if (isHydrated) return null;
  const box = (
    <Checkbox
      id="open-show"
      name="show"
      value="yes"
      label={open.waiting.show}
      hint={open.waiting.showHint}
      required
    />
  );
  return isAskedFor ? box : <noscript>{box}</noscript>;
}
