import { describe, expect, it } from 'vitest';
import { checkCompose, formatBytes, readComposeForm } from '@/lib/browser/check-compose';
import { composeForm } from '@/lib/sealed/sending-schema';
import { MAX_NOTE_LENGTH, MAX_PASSPHRASE_LENGTH } from '@/lib/sealed/policy';
import { MAX_SECRET_BYTES } from '@/lib/protocol/constants';
import type { SecretField } from '@/lib/protocol/envelope';
import { MAX_LABEL_LENGTH } from '@/lib/secrets/field-rules';

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ expiresIn: '7d', secret: 'x', ...fields })) {
    form.set(name, value);
  }
  return form;
}

const cases: [string, Record<string, string>][] = [
  ['no secret', { secret: '' }],
  ['white space only', { secret: ' \r\n\t' }],
  ['the largest secret', { secret: 'é'.repeat(MAX_SECRET_BYTES / 2) }],
  ['one byte more', { secret: `${'é'.repeat(MAX_SECRET_BYTES / 2)}x` }],
  ['the longest passphrase', { passphrase: 'p'.repeat(MAX_PASSPHRASE_LENGTH) }],
  ['one character more', { passphrase: 'p'.repeat(MAX_PASSPHRASE_LENGTH + 1) }],
  ['a passphrase that grows when it is normalised', { passphrase: 'ﷺ'.repeat(60) }],
  ['the longest note', { note: 'n'.repeat(MAX_NOTE_LENGTH) }],
  ['a note one character longer', { note: 'n'.repeat(MAX_NOTE_LENGTH + 1) }],
  ['line ends as a form sends them', { secret: 'a\r\nb', note: ' ' }],
];

const field: SecretField = { kind: 'text', label: 'User name', value: 'root' };

const fieldCases: [string, SecretField[]][] = [
  ['fields', [field, { ...field, kind: 'password' }]],
  ['no fields', []],
  ['values all blank', [{ ...field, value: ' ' }]],
  ['a label missing', [{ ...field, label: '' }]],
  ['the longest label', [{ ...field, label: 'x'.repeat(MAX_LABEL_LENGTH) }]],
  ['a label one character longer', [{ ...field, label: 'x'.repeat(MAX_LABEL_LENGTH + 1) }]],
  ['forty fields', Array<SecretField>(40).fill(field)],
  ['one field more', Array<SecretField>(41).fill(field)],
  ['a value too large', [{ ...field, value: 'x'.repeat(MAX_SECRET_BYTES) }]],
];

/** What the server finds in a form, by field. */
function refusedByServer(form: FormData): Record<string, string> {
  const parsed = composeForm.safeParse(Object.fromEntries(form));
  if (parsed.success) return {};
  return Object.fromEntries(
    parsed.error.issues.map(({ path, message }) => [String(path[0]), message]),
  );
}

describe('the compose form', () => {
  it.each(cases)(
    'is refused in the browser exactly where the server would: %s',
    (_name, fields) => {
      const form = formOf(fields);
      expect(checkCompose(readComposeForm(form, null))).toEqual(refusedByServer(form));
    },
  );

  it.each(fieldCases)('is refused alike with fields in place of a text: %s', (_name, fields) => {
    const form = formOf({ fields: JSON.stringify(fields) });
    form.delete('secret');
    expect(checkCompose(readComposeForm(form, fields))).toEqual(refusedByServer(form));
  });
});

describe('a size', () => {
  it.each([
    [1, '1 KiB'],
    [600_000, '586 KiB'],
    [MAX_SECRET_BYTES, '1.00 MiB'],
    [MAX_SECRET_BYTES + 1, '1.01 MiB'],
  ])('of %i bytes never looks smaller than it is: %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
