import type { Refused } from '@/lib/accounts/outcomes';
import type { Refusal } from './form-action';
import 'server-only';

/** The first refusal of a form, and the field it stands beside. */
export function refuseForm([first]: readonly [Refusal, ...Refusal[]]): Refused {
  return { status: 'refused', refusal: first.code, field: first.field };
}
