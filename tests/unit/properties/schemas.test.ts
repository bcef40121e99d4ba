import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as accounts from '@/lib/accounts/schema';
import * as messages from '@/lib/sealed/schema';
import * as sending from '@/lib/sealed/sending-schema';
import { isRefusalCode } from '@/lib/refusal-code';
import * as requests from '@/lib/requests/schema';
import { readForm } from '@/lib/server/action';
import { anyText, nearlyBase64url } from './arbitraries';

/** Every schema of these modules that a form is held against. */
const FORMS: [string, z.ZodType][] = [accounts, messages, sending, requests].flatMap((module) =>
  Object.entries<unknown>(module).flatMap(([name, exported]): [string, z.ZodType][] =>
    name.endsWith('Form') && exported instanceof z.ZodType ? [[name, exported]] : [],
  ),
);

const json = fc.oneof(
  fc.json(),
  fc.constantFrom(
    '[{"kind":"text","label":"a","value":"b"}]',
    '[{"__proto__":{"kind":"text"},"label":"a","value":"b"}]',
    '[{"kind":"constructor","label":"a","value":"b"}]',
    '{"length":1}',
    '['.repeat(3_000),
  ),
);

const value = fc.oneof(
  anyText,
  json,
  nearlyBase64url(22, 34, 43, 80),
  fc.constantFrom('open', 'destroy', 'yes', 'no', '7d', 'OWNER', 'kept', '1', '50', '99999999999'),
);

/** A form with names that the schema knows, and with names that no form should have. */
function formFor(schema: z.ZodType): fc.Arbitrary<FormData> {
  const known = namesIn(schema);
  const name = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'value-40') },
    { weight: 1, arbitrary: anyText },
  );
  return fc
    .uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 12 })
    .map((fields) => {
      const form = new FormData();
      for (const [key, text] of fields) form.append(key, text);
      return form;
    });
}

/** The keys of an object schema, or of those that it is made of. */
function namesIn(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodObject) return ['intent', ...Object.keys(schema.shape)];
  if (schema instanceof z.ZodPipe) return namesIn(schema.in as z.ZodType);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return schema.options.flatMap((option) => namesIn(option as z.ZodType));
  }
  return ['intent'];
}

describe('every schema of a form', () => {
  it('is found', () => {
    expect(FORMS.length).toBeGreaterThan(30);
    for (const [name, schema] of FORMS) {
      if (name !== 'emptyForm') expect(namesIn(schema).length, name).toBeGreaterThan(1);
    }
  });

  it.each(FORMS)('%s takes or refuses whatever is posted, by codes alone', (_, schema) => {
    fc.assert(
      fc.property(formFor(schema), (form) => {
        const fields = readForm(form);
        if (fields === null) return;
        const parsed = schema.safeParse(fields);
        if (parsed.success) {
          expect(Object.getPrototypeOf(parsed.data)).toBe(Object.prototype);
          expect(Object.keys(parsed.data as object)).not.toContain('__proto__');
          return;
        }
        // Nothing of what was posted is repeated: the words come from the codes.
        for (const { message } of parsed.error.issues) {
          expect(
            isRefusalCode(message) || !postedIn(form).some((text) => message.includes(text)),
          ).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['spaces', ' '.repeat(300_000)],
    ['line ends', '\r\n'.repeat(150_000)],
    ['combining marks', `a${'\u0301'.repeat(100_000)}`],
    ['commas and dots', 'a.,@'.repeat(75_000)],
    ['nested lists', '['.repeat(100_000)],
    ['a list of lists', `[${'[],'.repeat(100_000)}[]]`],
  ])('comes to an end with 300 kB of %s in every field', (_, text) => {
    for (const [name, schema] of FORMS) {
      const fields = Object.fromEntries(namesIn(schema).map((key) => [key, text]));
      expect(typeof schema.safeParse(fields).success, name).toBe('boolean');
    }
  });
});

/** What was posted and is long enough to be known again. */
function postedIn(form: FormData): string[] {
  return [...form.values()].filter(
    (text): text is string => typeof text === 'string' && text.length > 12,
  );
}
