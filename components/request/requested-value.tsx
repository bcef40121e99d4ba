import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import type { RequestedField } from '@/lib/requests/outcomes';
import { valueName } from '@/lib/requests/schema';

export interface RequestedValueProps {
  readonly field: RequestedField;
  readonly index: number;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

export function valueId(index: number): string {
  return `reply-${valueName(index)}`;
}

/** The control for one field of a request. Uncontrolled: what is typed is in the page's box alone. */
export function RequestedValue({ field, index, hint, error }: RequestedValueProps) {
  const control = {
    id: valueId(index),
    name: valueName(index),
    label: field.label,
    hint,
    error,
    mono: true,
    autoComplete: 'off',
    autoCapitalize: 'none',
    autoCorrect: 'off',
    spellCheck: false,
  } as const;
  // A web address is typed by people who leave out its beginning: it is a text like any other.
  return field.kind === 'multiline' ? (
    <TextArea {...control} rows={4} />
  ) : (
    <TextField {...control} inputMode={field.kind === 'url' ? 'url' : undefined} />
  );
}
