import { describe, expect, it } from 'vitest';
import { listNames, personLabel, toldApart } from '@/components/request/person-label';
import { fill } from '@/messages/fill';

const ada = { name: 'Ada Lovelace', email: 'ada@example.org' };
const other = { name: 'Ada Lovelace', email: 'ada@elsewhere.example' };
const ben = { name: 'Ben', email: 'ben@example.org' };

describe('two people of one name', () => {
  it('are told apart by their addresses wherever one is chosen', () => {
    expect(personLabel(ada)).toBe('Ada Lovelace (ada@example.org)');
    expect(toldApart(ada, [ada, ben])).toBe('Ada Lovelace');
    expect(toldApart(ada, [ada, other, ben])).toBe('Ada Lovelace (ada@example.org)');
    const alike = { ...other, name: 'ada  Lovelace' };
    expect(toldApart(ada, [ada, alike])).toBe('Ada Lovelace (ada@example.org)');
  });
});

describe('what is written from right to left', () => {
  it('never turns around what stands beside it', () => {
    expect(fill('{name} asks {what}', { name: 'דוד', what: 'you' })).toBe(
      '\u2068דוד\u2069 asks you',
    );
    expect(listNames(['Ada', 'علي'], 'en')).toBe('Ada and \u2068علي\u2069');
    const named = toldApart({ ...ben, name: 'علي' }, [ben]);
    expect(fill('Manage {name}', { name: named }), 'once').toBe('Manage \u2068علي\u2069');
  });
});
