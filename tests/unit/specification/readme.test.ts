import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './actions-in-code';
import { rowsOf, wordsIn } from './tables';

const DOCS = readdirSync(join(ROOT, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** As the addresses of headings are made of them. */
function headingsOf(page: string): string[] {
  const headings = read(page).matchAll(/^#+ (.+)$/gm);
  return Array.from(headings, ([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const LINKS = ['README.md', ...DOCS]
  .flatMap((page) => {
    const links = read(page).matchAll(/\]\(([^)]+)\)|(?:src|href)="([^"]+)"/g);
    return Array.from(links, ([, target, source]) => ({ page, link: target ?? source ?? '' }));
  })
  .filter(({ link }) => !/^https?:/.test(link));

describe('the README and what it leads to', () => {
  it.each(LINKS)('$page: $link is there', ({ page, link }) => {
    const [path = '', heading] = link.split('#');
    const target = path === '' ? page : normalize(join(dirname(page), path));
    expect(existsSync(join(ROOT, target))).toBe(true);
    if (heading !== undefined) expect(headingsOf(target)).toContain(heading);
  });

  it('leads to every page of docs', () => {
    const led = LINKS.filter(({ page }) => page === 'README.md').map(({ link }) => link);
    expect(DOCS.filter((page) => !led.includes(page))).toEqual([]);
  });

  it('names every setting', () => {
    const settings = read('lib/server/settings.ts').matchAll(/^ {2}([A-Z_]+): /gm);
    const named = rowsOf(read('README.md'), 'variable', 'default', 'what it is').map(
      ([variable = '']) => wordsIn(variable)[0],
    );
    expect(named).toEqual(Array.from(settings, ([, name]) => name));
  });
});
