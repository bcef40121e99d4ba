import { expect, it } from 'vitest';
import { distinctLabels } from '@/lib/secrets/distinct-labels';
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
