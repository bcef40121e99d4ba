/**
 * The rules of a secret of several fields that people can see, on top of the
 * protocol's: the same in the browser, which checks before it seals, and on the
 * server, which checks what it is sent.
 */
import { MAX_FIELDS, MAX_SECRET_BYTES } from '@/lib/protocol/constants';
import { fieldsLength, type SecretField } from '@/lib/protocol/secret-fields';
import type { RefusalCode } from '@/lib/refusal-code';
import { showsAll } from '@/lib/visible-text';

/** A field without its value: what a template has, and what a request asks for. */
export interface FieldDefinition extends Omit<SecretField, 'value'> {
  /** Whoever is asked must fill it in; left out where it may stay empty. */
  readonly required?: true | undefined;
}

/** Characters (UTF-16 units, as a form control counts them): at most 300 bytes as UTF-8. */
export const MAX_LABEL_LENGTH = 100;

/** Line ends, control characters and halves of characters have no place in one line of words. */
const NOT_IN_A_LABEL = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** Why a label is refused; null if it is not. */
export function refusalOfLabel(label: string): RefusalCode | null {
  if (label.trim() === '') return 'field_label_missing';
  if (label.length > MAX_LABEL_LENGTH) return 'field_label_too_long';
  if (NOT_IN_A_LABEL.test(label)) return 'input_malformed';
  return showsAll(label) ? null : 'text_hidden';
}

/** What was stored by the rules of an earlier day stays readable. */
function refusalOfStoredLabel(label: string): RefusalCode | null {
  const code = refusalOfLabel(label);
  return code === 'text_hidden' ? null : code;
}

/** Why a list of fields is refused, by its count and labels; null if it is not. May be empty. */
export function refusalOfDefinitions(fields: readonly FieldDefinition[]): RefusalCode | null {
  return firstRefusal(fields, refusalOfLabel);
}

/** The same of fields as they are stored. */
export function refusalOfStored(fields: readonly FieldDefinition[]): RefusalCode | null {
  return firstRefusal(fields, refusalOfStoredLabel);
}

function firstRefusal(
  fields: readonly FieldDefinition[],
  refusalOf: (label: string) => RefusalCode | null,
): RefusalCode | null {
  if (fields.length > MAX_FIELDS) return 'too_many_fields';
  return fields.map(({ label }) => refusalOf(label)).find((code) => code !== null) ?? null;
}

/** Why fields with their values are refused as a secret; null if they are not. */
export function refusalOfFields(fields: readonly SecretField[]): RefusalCode | null {
  if (!fields.some(isFilled)) return 'fields_missing';
  const refusal = refusalOfDefinitions(fields);
  if (refusal !== null) return refusal;
  return fieldsLength(fields) > MAX_SECRET_BYTES ? 'secret_too_large' : null;
}

/** Whether a field says anything. As with a text, white space alone does not. */
export function isFilled({ value }: Pick<SecretField, 'value'>): boolean {
  return value.trim() !== '';
}
