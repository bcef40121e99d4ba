/**
 * The rules of a secret of several fields that people can see, on top of the
 * protocol's: the same in the browser, which checks before it seals, and on the
 * server, which checks what it is sent.
 */
import { MAX_FIELDS, MAX_SECRET_BYTES } from '@/lib/protocol/constants';
import { fieldsLength, type Envelope, type SecretField } from '@/lib/protocol/envelope';
import type { RefusalCode } from '@/lib/refusal-code';
import { asSeen, showsAll } from '@/lib/visible-text';

/** A field without its value: what a template has, and what a request asks for. */
export interface FieldDefinition extends Omit<SecretField, 'value'> {
  /** The client must fill it in; left out where it may stay empty. */
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

/** The values of known fields, each in a form control of its own. */

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

/**
 * The labels of fields that stand together, each one's own: the second `Password`
 * reads `Password (2)`, and where another is called that already, `Password (3)`.
 */
export function distinctLabels(labels: readonly string[]): readonly string[] {
  const given = new Set(labels.map(asSeen));
  const shown = new Set<string>();
  return labels.map((label) => {
    const own = asSeen(label) === '' ? label : firstFree(label, given, shown);
    shown.add(asSeen(own));
    return own;
  });
}

function firstFree(label: string, given: ReadonlySet<string>, shown: ReadonlySet<string>): string {
  if (!shown.has(asSeen(label))) return label;
  for (let count = 2; ; count += 1) {
    const numbered = `${label} (${String(count)})`;
    const seen = asSeen(numbered);
    if (!given.has(seen) && !shown.has(seen)) return numbered;
  }
}

/** A secret as one text: as it is, or field by field as lines of `Label: value`. */
export function secretAsText(secret: Envelope): string {
  if (secret.kind === 'text') return secret.text;
  return secret.fields.map(({ label, value }) => `${label}: ${value}`).join('\n');
}

/**
 * Forms send line ends as CRLF, browsers' scripts see LF: the secret is the
 * same, so LF it is. A lone CR is a character like any other, for both seals.
 */
export function withUnixLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** The schemes that may become a link. Others can run code or reach into the reader's device. */
const SCHEMES: readonly string[] = ['http:', 'https:'];

/** Where a link to `value` leads; null if it is no address of the web, so that it stays text. */
export function webAddress(value: string): string | null {
  if (!URL.canParse(value)) return null;
  const { protocol, href } = new URL(value);
  return SCHEMES.includes(protocol) ? href : null;
}
