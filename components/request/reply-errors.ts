import type { FormErrors } from '@/components/form/use-shown-errors';
import type { RefusalCode } from '@/lib/refusal-code';

/** Of all boxes together, where errors are told apart. */
export const VALUES_ID = 'reply';

/** Of the box for a field. @param index from 0 */
export const valueId = (index: number): string => `${VALUES_ID}-${String(index)}`;

/** Refusals that the person can mend in a box. */
const OF_THE_VALUES: readonly RefusalCode[] = ['reply_missing', 'reply_too_large'];

/** Where the form shows why a reply was refused. */
export function replyErrors(refusal: RefusalCode): FormErrors {
  return { [OF_THE_VALUES.includes(refusal) ? VALUES_ID : 'form']: refusal };
}
