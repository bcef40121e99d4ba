import { isFilled, type FieldDefinition } from './field-rules';

export interface EmptyField extends FieldDefinition {
  /** Its place among the fields that were asked for, from 0. */
  readonly index: number;
}

/** The fields to which a reply says nothing. @param values in the order of `fields` */
export function emptyFields(
  fields: readonly FieldDefinition[],
  values: readonly string[],
): EmptyField[] {
  return fields
    .map((field, index) => ({ ...field, index }))
    .filter(({ index }) => !isFilled({ value: values[index] ?? '' }));
}
