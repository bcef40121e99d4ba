import { access, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { inCheckout } from '@/scripts/setup/paths.mjs';
import { MUTANTS } from '@/tests/mutants/mutants';

it.each(MUTANTS)('can still be broken, and has tests to notice: $breaks', async (mutant) => {
  const source = await readFile(inCheckout(mutant.file), 'utf8');
  expect(source.split(mutant.text), `${mutant.file} holds the text once`).toHaveLength(2);
  expect(mutant.becomes).not.toBe(mutant.text);
  expect(mutant.tests.length).toBeGreaterThan(0);
  for (const file of mutant.tests) await access(inCheckout(file));
});

it('are forty, no two for the same line', () => {
  expect(new Set(MUTANTS.map(({ file, text }) => `${file} ${text}`)).size).toBe(MUTANTS.length);
  expect(MUTANTS).toHaveLength(40);
});
