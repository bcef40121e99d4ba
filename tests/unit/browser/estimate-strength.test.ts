import { describe, expect, it } from 'vitest';
import { estimateStrength } from '@/lib/browser/estimate-strength';
import { generatePassphrase, GENERATED_WORDS } from '@/lib/secrets/generated-words';

describe('the strength of a passphrase', () => {
  it.each([
    'password',
    'Passwort1',
    'qwerty',
    '123456789',
    'aaaaaaaaaaaaaaaa',
    '2024',
    'tulip',
    'a',
  ])('is not flattered: %s', (passphrase) => {
    expect(estimateStrength(passphrase)).toBe('easy');
  });

  it.each([
    ['tulip garden fence', 'short'],
    ['x7Kq', 'easy'],
    ['x7Kq-m2Pd', 'short'],
    ['tulip garden fence lobster ink', 'fair'],
    ['kR8vQz2mXw7pLt4n', 'strong'],
  ])('grows with what has to be guessed: %s is %s', (passphrase, strength) => {
    expect(estimateStrength(passphrase)).toBe(strength);
  });

  it('gains nothing by repeating', () => {
    expect(estimateStrength('tulip tulip tulip tulip tulip tulip')).toBe('easy');
  });

  it('is nothing for nothing', () => {
    expect(estimateStrength('')).toBeNull();
  });
});

describe('a generated passphrase', () => {
  it('is six words of the list, drawn anew each time, and strong', async () => {
    const drawn = await Promise.all(Array.from({ length: 200 }, () => generatePassphrase()));
    expect(new Set(drawn).size).toBe(drawn.length);
    for (const passphrase of drawn) {
      expect(passphrase).toMatch(/^[a-z]{3,8}(-[a-z]{3,8}){5}$/);
      expect(passphrase.split('-')).toHaveLength(GENERATED_WORDS);
      expect(estimateStrength(passphrase), passphrase).not.toMatch(/easy|short/);
    }
  });

  it('draws from the whole list', async () => {
    const words = new Set<string>();
    for (let round = 0; round < 1500; round += 1) {
      for (const word of (await generatePassphrase()).split('-')) words.add(word);
    }
    // 9,000 draws of 2,048 words leave about 25 out.
    expect(words.size).toBeGreaterThan(1950);
  });
});
