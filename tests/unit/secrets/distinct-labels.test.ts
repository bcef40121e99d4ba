import { expect, it } from 'vitest';
import { distinctLabels } from '@/lib/secrets/distinct-labels';

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
