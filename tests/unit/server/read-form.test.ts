import { describe, expect, it } from 'vitest';
import { readForm } from '@/lib/server/action';
import { formSize } from '@/lib/server/operation';

function form(...entries: [string, string | Blob][]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

describe('what is taken for a form', () => {
  it("takes single strings, and leaves out the framework's own fields", () => {
    expect(readForm(form(['secret', 'x'], ['$ACTION_1:0', '{}'], ['1_$ACTION_KEY', 'k']))).toEqual({
      secret: 'x',
    });
  });

  it.each([
    ['a file', form(['secret', new Blob(['x'])])],
    ['a field given twice', form(['secret', 'a'], ['secret', 'b'])],
    ['an object', { secret: 'x' }],
    ['an array', ['secret']],
    ['nothing', undefined],
    ['a number', Number.NaN],
    ['a string', 'secret=x'],
  ])('refuses %s', (_name, posted) => {
    expect(readForm(posted)).toBeNull();
  });

  it('treats the names of object internals as plain fields', () => {
    const fields = readForm(form(['__proto__', 'x'], ['constructor', 'y']));
    expect(fields?.['constructor']).toBe('y');
    expect(Object.keys(fields ?? {})).toEqual(['__proto__', 'constructor']);
  });
});

it('the size of a form is that of its bytes, not of its characters', () => {
  expect(formSize({ secret: 'aé…😀', note: '' })).toBe(1 + 2 + 3 + 4);
});
