import type { RefusalCode } from '@/lib/refusal-code';
import type { Refused } from './outcomes';

/** @param field of the form; null for all of it */
export function refused(refusal: RefusalCode, field: string | null = null): Refused {
  return { status: 'refused', refusal, field };
}
