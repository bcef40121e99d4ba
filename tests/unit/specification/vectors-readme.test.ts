import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './actions-in-code';
import { rowsOf, wordsIn } from './tables';

const FOLDER = join(ROOT, 'tests', 'vectors');
const TEXT = readFileSync(join(FOLDER, 'README.md'), 'utf8');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const contentOf = (file: string) =>
  JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Readonly<Record<string, readonly Json[]>>;

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const BYTES = /^([0-9a-f]{2})*$/;

/** Whether a value is of a type as the table words it. */
function isOfType(type: string, value: Json, file: string): boolean {
  if (value === null) return type.includes('null');
  if (type.startsWith('bytes')) {
    const isBytes = (one: Json) => typeof one === 'string' && BYTES.test(one);
    return isList(value)
      ? type.includes(`in \`${file}\` list`) && value.every(isBytes)
      : isBytes(value);
  }
  if (type.includes(`bytes in \`${file}\``)) return isOfType('bytes', value, file);
  if (type.startsWith('text')) return typeof value === 'string';
  if (type.startsWith('number')) return typeof value === 'number';
  if (type.startsWith('true')) return typeof value === 'boolean';
  if (type.startsWith('list')) return isList(value);
  return type.startsWith('object') && typeof value === 'object' && !isList(value);
}

describe('the description of the vectors', () => {
  it('names every list of every file, and none that is not there', () => {
    const described = rowsOf(TEXT, 'file', 'list', 'operation', 'section');
    const named = described.map((cells) => cells.slice(0, 2).flatMap(wordsIn).join(' '));
    const there = FILES.flatMap((file) =>
      Object.keys(contentOf(file)).map((list) => `${file} ${list}`),
    );
    expect(named.sort()).toEqual(there.sort());
    const specification = readFileSync(join(ROOT, 'lib', 'protocol', 'README.md'), 'utf8');
    for (const [, , , section = ''] of described) {
      expect(specification).toContain(`\n## ${section}. `);
    }
  });

  it('gives the type of every value', () => {
    const types = new Map(
      rowsOf(TEXT, 'key', 'type').flatMap(([keys = '', type = '']) =>
        wordsIn(keys).map((key): [string, string] => [key, type]),
      ),
    );
    const used = new Set<string>();
    const wrong: string[] = [];
    const look = (file: string, entry: Json): void => {
      if (isList(entry)) for (const one of entry) look(file, one);
      if (typeof entry !== 'object' || entry === null || isList(entry)) return;
      for (const [key, value] of Object.entries(entry)) {
        used.add(key);
        if (!isOfType(types.get(key) ?? 'bytes', value, file)) wrong.push(`${file} ${key}`);
        look(file, value);
      }
    };
    for (const file of FILES) for (const list of Object.values(contentOf(file))) look(file, list);
    expect(Array.from(new Set(wrong))).toEqual([]);
    expect(Array.from(types.keys()).filter((key) => !used.has(key))).toEqual([]);
  });
});
