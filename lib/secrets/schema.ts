/**
 * Fields in forms, as schemas. A form carries single strings only, so a list
 * of fields travels as JSON in one of them, and is taken exactly as described:
 * an unknown key, kind or type refuses all of it. The values of fields that the
 * server knows already (a reply's) travel as controls named `value-0`, `value-1` …,
 * for they must arrive without a script too.
 */
import { z } from 'zod';
import { MAX_FIELDS } from '@/lib/protocol/constants';
import { SECRET_FIELD_KINDS, type SecretField } from '@/lib/protocol/envelope';
import type { RefusalCode } from '@/lib/refusal-code';
import {
  fieldValueName,
  refusalOfDefinitions,
  refusalOfFields,
  refusalOfStored,
  withUnixLineEnds,
  type FieldDefinition,
  type FieldValueName,
} from './field-rules';

const refusal = (code: RefusalCode): RefusalCode => code;
const MALFORMED = { error: refusal('input_malformed') };

const kind = z.enum(SECRET_FIELD_KINDS, MALFORMED);
const label = z.string(MALFORMED).transform((text) => text.trim());

const value = z.string(MALFORMED).transform(withUnixLineEnds);

/** Counted before any item is looked at: a million of them must not cost a million checks. */
const list = z.string(MALFORMED).transform((text, context): unknown => {
  const items = parseJson(text);
  if (Array.isArray(items) && items.length <= MAX_FIELDS) return items;
  const message = refusal(Array.isArray(items) ? 'too_many_fields' : 'input_malformed');
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/** What a text says as JSON; undefined if it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Adds the reason why a list as a whole is refused, if there is one. */
function check<Field>(refusalOf: (fields: readonly Field[]) => RefusalCode | null) {
  return (fields: readonly Field[], context: z.RefinementCtx): void => {
    const code = refusalOf(fields);
    if (code !== null) context.addIssue({ code: 'custom', message: code });
  };
}

/** `[{"kind", "label", "required"?}, …]`: what to ask for. None at all is an empty list. */
export const fieldDefinitions = definitions(refusalOfDefinitions);

/** The same as it is stored. */
export const storedFieldDefinitions = definitions(refusalOfStored);

function definitions(refusalOf: (fields: readonly FieldDefinition[]) => RefusalCode | null) {
  return list.pipe(
    z
      .array(
        z.strictObject({ kind, label, required: z.literal(true, MALFORMED).optional() }, MALFORMED),
        MALFORMED,
      )
      .superRefine(check<FieldDefinition>(refusalOf)),
  );
}

/** `[{"kind", "label", "value"}, …]`: a secret of several fields. */
export const secretFields = list.pipe(
  z
    .array(z.strictObject({ kind, label, value }, MALFORMED), MALFORMED)
    .superRefine(check<SecretField>(refusalOfFields)),
);

/** Every control for values that a form may have. Spread it into the schema of the form. */
export const fieldValues: Readonly<Record<FieldValueName, z.ZodOptional<typeof value>>> =
  Object.fromEntries(
    Array.from({ length: MAX_FIELDS }, (_, index) => [fieldValueName(index), value.optional()]),
  );
