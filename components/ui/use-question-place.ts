import { useEffect, useId, useRef } from 'react';
import { useFreshPress } from '@/components/ui/use-fresh-press';

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
