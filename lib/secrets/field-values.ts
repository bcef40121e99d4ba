/** The values of known fields, each in a form control of its own. */
import type { SecretField } from '@/lib/protocol/secret-fields';
import type { FieldDefinition } from './field-rules';

export type FieldValueName = `value-${number}`;

/** The name of the control for the value of a field. @param index from 0 */
export function fieldValueName(index: number): FieldValueName {
  return `value-${index}`;
}

/** The fields with the values that a form has for them; '' for a control that is missing. */
export function withValues(
  definitions: readonly FieldDefinition[],
  form: Readonly<Partial<Record<FieldValueName, string>>>,
): SecretField[] {
  return definitions.map((definition, index) => ({
    ...definition,
    value: form[fieldValueName(index)] ?? '',
  }));
}
