import { describe, expect, it } from 'vitest';
import { distinctLabels, webAddress } from '@/lib/secrets/field-rules';
import { asSeen } from '@/lib/visible-text';

it('equal labels are told apart, and only those', () => {
  expect(distinctLabels(['User', 'Password', 'password ', 'Passwörd', 'Password'])).toEqual([
    'User',
    'Password',
    'password  (2)',
    'Passwörd',
    'Password (3)',
  ]);
  expect(distinctLabels(['', ''])).toEqual(['', '']);
});

it.each([
  [['Password', 'Password', 'Password (2)']],
  [['Password (2)', 'Password', 'Password', 'PASSWORD (3)']],
  [['API key', 'API  key', 'Key']],
  [['API key', 'API\u00a0key', 'Key']],
  [['ﬁle', 'file', 'FILE (2)']],
])('no two look alike, and what is called otherwise keeps its name: %j', (labels) => {
  const shown = distinctLabels(labels);
  expect(new Set(shown.map(asSeen)).size).toBe(labels.length);
  expect(shown[0]).toBe(labels[0]);
  expect(shown).toContain(labels.at(-1));
});

describe('an address in a field', () => {
  it.each(['https://example.com/a?b=c#d', 'http://127.0.0.1:8080/', 'HTTPS://EXAMPLE.COM'])(
    'leads somewhere: %s',
    (value) => {
      expect(webAddress(value)).toBe(new URL(value).href);
    },
  );

  it.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://example.com/1',
    'file:///etc/passwd',
    'vbscript:x',
    'ftp://example.com/',
    'intent://x#Intent;end',
    'mailto:a@example.com',
    'example.com/login',
    '//example.com',
    '/settings',
    'https://',
    '',
  ])('stays text: %j', (value) => {
    expect(webAddress(value)).toBeNull();
  });
});
