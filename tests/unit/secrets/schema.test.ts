import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodeFieldsEnvelope, type SecretField } from '@/lib/protocol/envelope';
import {
  type FieldDefinition,
  MAX_LABEL_LENGTH,
  refusalOfFields,
  withValues,
} from '@/lib/secrets/field-rules';
import { fieldDefinitions, fieldValues, secretFields } from '@/lib/secrets/schema';

const user: SecretField = { kind: 'text', label: 'User name', value: 'root' };
const password: SecretField = { kind: 'password', label: 'Password', value: ' wax ' };

/** The codes of a refusal; none if it was taken. */
function codes(schema: z.ZodType, fields: unknown): string[] {
  const text = typeof fields === 'string' ? fields : JSON.stringify(fields);
  return schema.safeParse(text).error?.issues.map(({ message }) => message) ?? [];
}

const definition: FieldDefinition = { kind: 'text', label: 'User name' };

describe('a list of fields in a form', () => {
  it('comes through as it was sent, white space around labels apart', () => {
    const sent = [{ ...user, label: ' User name ' }, password];
    expect(secretFields.parse(JSON.stringify(sent))).toEqual([user, password]);
    expect(fieldDefinitions.parse(JSON.stringify([definition]))).toEqual([definition]);
    expect(fieldDefinitions.parse('[]')).toEqual([]);
    const required = [{ ...definition, required: true }];
    expect(fieldDefinitions.parse(JSON.stringify(required))).toEqual(required);
    for (const other of [false, 'yes', null]) {
      const fields = JSON.stringify([{ ...definition, required: other }]);
      expect(codes(fieldDefinitions, fields)).toEqual(['input_malformed']);
    }
  });

  it('counts a line end once, however the form wrote it', () => {
    const [field] = secretFields.parse(JSON.stringify([{ ...user, value: 'a\r\nb\rc' }]));
    expect(field?.value).toBe('a\nb\rc');
  });

  it.each([
    ['no JSON', '[{]'],
    ['nothing', ''],
    ['no list', '{"length":1}'],
    ['a number', '7'],
    ['a list of lists', [[user]]],
    ['null', [null]],
    ['an unknown kind', [{ ...user, kind: 'file' }]],
    ['a kind named like an object internal', [{ ...user, kind: 'constructor' }]],
    ['an unknown key', [{ ...user, note: '' }]],
    ['an own __proto__', '[{"kind":"text","label":"a","value":"b","__proto__":{}}]'],
    ['no value', [definition]],
    ['a value that is no string', [{ ...user, value: { not: '' } }]],
    ['a label that is no string', [{ ...user, label: ['a'] }]],
    ['a label of two lines', [{ ...user, label: 'a\nb' }]],
    ['a label with a zero character', [{ ...user, label: 'a\u0000b' }]],
    ['a label with half a character', [{ ...user, label: 'a\ud800b' }]],
  ])('is refused as malformed: %s', (_what, fields) => {
    expect(new Set(codes(secretFields, fields))).toEqual(new Set(['input_malformed']));
  });

  it.each<[string, SecretField[], string]>([
    ['no fields', [], 'fields_missing'],
    [
      'every value blank',
      [
        { ...user, value: '' },
        { ...user, value: ' \n' },
      ],
      'fields_missing',
    ],
    ['no label', [password, { ...user, label: ' ' }], 'field_label_missing'],
    [
      'a label too long',
      [{ ...user, label: 'x'.repeat(MAX_LABEL_LENGTH + 1) }],
      'field_label_too_long',
    ],
    ['too many', Array<SecretField>(41).fill(user), 'too_many_fields'],
    [
      'more than 1 MiB together',
      [
        { ...user, value: 'é'.repeat(300_000) },
        { ...user, value: 'é'.repeat(300_000) },
      ],
      'secret_too_large',
    ],
  ])('is refused, in the browser and on the server alike: %s', (_what, fields, code) => {
    expect(codes(secretFields, fields)).toEqual([code]);
    expect(refusalOfFields(fields)).toBe(code);
  });

  it('is taken up to exactly what the protocol seals', () => {
    const longestLabel = { ...user, label: '秘'.repeat(MAX_LABEL_LENGTH) };
    const around = encodeFieldsEnvelope([{ ...longestLabel, value: 'x' }]).length - 2 - 1;
    const largest = [{ ...longestLabel, value: 'x'.repeat(1_048_576 - around) }];
    expect(codes(secretFields, largest)).toEqual([]);
    expect(() => encodeFieldsEnvelope(largest)).not.toThrow();
    const [field = user] = largest;
    expect(codes(secretFields, [{ ...field, value: `${field.value}x` }])).toEqual([
      'secret_too_large',
    ]);
    expect(codes(secretFields, Array(40).fill(longestLabel))).toEqual([]);
  });

  it('is counted before any of it is looked at', () => {
    expect(codes(secretFields, `[${'0,'.repeat(100_000)}0]`)).toEqual(['too_many_fields']);
    expect(codes(fieldDefinitions, Array(41).fill(definition))).toEqual(['too_many_fields']);
  });
});

describe('values of fields that the server knows', () => {
  const replyForm = z.object({ token: z.string(), ...fieldValues });

  it('are read from one control a field, and nothing else is', () => {
    const form = replyForm.parse({
      token: 't',
      'value-0': 'a\r\nb',
      'value-1': 'x',
      'value-40': 'not one of them',
      value: 'neither',
    });
    expect(form).toEqual({ token: 't', 'value-0': 'a\nb', 'value-1': 'x' });
    expect(withValues([password], form)).toEqual([{ ...password, value: 'a\nb' }]);
  });

  it('are empty where a control is missing', () => {
    const form = replyForm.parse({ token: 't' });
    expect(withValues([user, password], form).map(({ value }) => value)).toEqual(['', '']);
  });
});
