import { describe, expect, it } from 'vitest';
import { MAX_BYTES_FOR_ALL, MAX_RECIPIENT_LENGTH, MAX_RECIPIENTS } from '@/lib/sealed/policy';
import { fitsForAll, readRecipients, refusalOfRecipients } from '@/lib/sealed/recipients';

const text = (bytes: number) => ({ kind: 'text', text: 'x'.repeat(bytes) }) as const;

describe('recipients', () => {
  it('are the lines that say something, each once, whatever ends a line', () => {
    expect(readRecipients(' Ada \r\nGrace\r\n\nAda\rEdsger\n  ')).toEqual([
      'Ada',
      'Grace',
      'Edsger',
    ]);
    expect(readRecipients('')).toEqual([]);
  });

  it('are as many and as long as there is room for, and not one more', () => {
    const many = Array.from({ length: MAX_RECIPIENTS }, (_, index) => String(index));
    expect(refusalOfRecipients(many)).toBeNull();
    expect(refusalOfRecipients([...many, 'one more'])).toBe('too_many_recipients');
    expect(refusalOfRecipients(['x'.repeat(MAX_RECIPIENT_LENGTH)])).toBeNull();
    expect(refusalOfRecipients(['x'.repeat(MAX_RECIPIENT_LENGTH + 1)])).toBe('recipient_too_long');
  });

  it('each get a copy, as long as all copies fit into one form', () => {
    expect(fitsForAll(text(MAX_BYTES_FOR_ALL), ['Ada'])).toBe(true);
    expect(fitsForAll(text(MAX_BYTES_FOR_ALL / 2), ['Ada', 'Grace'])).toBe(true);
    expect(fitsForAll(text(MAX_BYTES_FOR_ALL / 2 + 1), ['Ada', 'Grace'])).toBe(false);
    const key = { kind: 'multiline', label: 'Key', value: 'é'.repeat(300_000) } as const;
    expect(fitsForAll({ kind: 'fields', fields: [key] }, ['Ada', 'Grace'])).toBe(false);
  });
});
