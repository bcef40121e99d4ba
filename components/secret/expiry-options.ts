import type { SelectOption } from '@/components/ui/select';
import type { ExpiresIn } from '@/lib/messages/policy';
import { compose } from '@/messages/en/compose';

/** Lifetimes as a select offers them, in their order. */
export function expiryOptions(choices: readonly ExpiresIn[]): readonly SelectOption[] {
  return choices.map((value) => ({ value, label: compose.expiresIn.choices[value] }));
}
