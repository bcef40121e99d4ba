import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { inCheckout } from '@/scripts/setup/paths.mjs';

/** A test as the table of `tests/README.md` names it: file and title. */
const NAMED = /`([\w./-]+\.(?:test|spec)\.ts)` “(.+?)”(?=<br>| +\|)/g;

const readme = await readFile(inCheckout('tests/README.md'), 'utf8');
const named = Array.from(readme.matchAll(NAMED), ([, file = '', title = '']) => ({ file, title }));

it.each(named)('the test that holds a guarantee is there: $file, $title', async (test) => {
  expect(await readFile(inCheckout(`tests/${test.file}`), 'utf8')).toContain(test.title);
});

it('every line of the table names one', () => {
  const lines = readme.split('\n').filter((line) => /^\| (?!guarantee|-)/.test(line));
  expect(lines.length).toBeGreaterThan(50);
  for (const line of lines) expect(line.match(NAMED), line).not.toBeNull();
});
