import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextArea, TextField } from '@/components/ui/field';
import { distinctLabels, fieldValueName, type FieldDefinition } from '@/lib/secrets/field-rules';
import { fields as words } from '@/messages/en/fields';
import { fill } from '@/messages/fill';

export interface FieldValuesProps {
  readonly fields: readonly FieldDefinition[];
  /** The controls get the ids `<idPrefix>-0`, `<idPrefix>-1` … */
  readonly idPrefix: string;
  /** Controlled, together with `onValueChange`; a value a field, in their order. */
  readonly values?: readonly string[] | undefined;
  readonly onValueChange?: ((index: number, value: string) => void) | undefined;
  readonly readOnly?: boolean | undefined;
  /** The sentence under a control, by its id. */
  readonly errorOf?: ((id: string) => string | undefined) | undefined;
}

/**
 * One labelled control a field, in plain sight: a sender or client must see
 * whether what they type is right. The controls are named as `withValues` reads them.
 * Works without a script.
 */
export function FieldValues({
  fields,
  idPrefix,
  values,
  onValueChange,
  readOnly,
  errorOf,
}: FieldValuesProps) {
  const labels = distinctLabels(fields.map(({ label }) => label));
  return fields.map(({ kind, label, required }, index) => {
    const id = `${idPrefix}-${index}`;
    const control = {
      ...TYPED_SECRET,
      id,
      name: fieldValueName(index),
      label: <FieldLabel label={labels[index] ?? label} index={index} />,
      hint: required && words.required,
      error: errorOf?.(id),
      required,
      readOnly,
      ...(values !== undefined && {
        value: values[index] ?? '',
        onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
          onValueChange?.(index, currentTarget.value),
      }),
    };
    return kind === 'multiline' ? (
      <TextArea key={control.id} {...control} mono rows={4} />
    ) : (
      <TextField
        key={control.id}
        {...control}
        mono={kind === 'password'}
        inputMode={kind === 'url' ? 'url' : undefined}
      />
    );
  });
}

/** A label that the agency may have written for its client: its direction stays its own. */
function FieldLabel({ label, index }: { readonly label: string; readonly index: number }) {
  return <bdi>{label.trim() === '' ? fill(words.unnamed, { number: index + 1 }) : label}</bdi>;
}
