import { lockBytes } from '../reference/values';
import type { WordPassphraseVectors } from '../vector-shapes';
import { lockOf, stretchBytes } from './passphrase-vectors';

const WORDS = 'ocean-paper-ridge-salmon-velvet-window';

/** The fold of generated words, one character after the other, as the specification's step 3 says. */
function fold(text: string): string {
  let folded = '';
  for (const character of text.normalize('NFKC')) {
    if (isSeparator(character.codePointAt(0) ?? 0)) {
      if (!folded.endsWith('-')) folded += '-';
    } else if (character >= 'A' && character <= 'Z') {
      folded += String.fromCharCode(character.charCodeAt(0) + 32);
    } else folded += character;
  }
  return folded.replace(/^-/, '').replace(/-$/, '');
}

function isSeparator(codePoint: number): boolean {
  const single = [
    0x20, 0x2c, 0x2d, 0x2e, 0x5f, 0xa0, 0xad, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x2212,
    0x3000, 0xfeff,
  ];
  const isBetween = (from: number, to: number) => from <= codePoint && codePoint <= to;
  return (
    single.includes(codePoint) ||
    isBetween(0x09, 0x0d) ||
    isBetween(0x2000, 0x200b) ||
    isBetween(0x2010, 0x2015)
  );
}

export async function makeWordPassphraseVectors(): Promise<WordPassphraseVectors> {
  const typed: [string, string][] = [
    ['as it was generated', WORDS],
    ['a space behind it', `${WORDS} `],
    ['a capital in front', `O${WORDS.slice(1)}`],
    ['all capitals', WORDS.toUpperCase()],
    ['spaces for hyphens', WORDS.replaceAll('-', ' ')],
    ['dashes, dots, underscores and commas', 'ocean\u2013paper.ridge_salmon,velvet\u2014window'],
    ['a line each', WORDS.replaceAll('-', '\r\n')],
    ['white space of other scripts around it', `\u3000\u00a0\ufeff${WORDS}\u2028`],
    ['full-width letters', WORDS.replace(/[a-z]/g, (letter) => wide(letter))],
    ['hyphens twice', WORDS.replaceAll('-', ' - ')],
    ['another word', WORDS.replace('salmon', 'summer')],
    ['capitals beyond ASCII stay', '\u00c9cole-\u0130'],
  ];
  const cases = [];
  for (const [name, text] of typed) {
    const lock = { profile: 'words' as const, ...lockOf('words') };
    const { normalized, stretched } = await stretchBytes(Buffer.from(fold(text), 'utf8'), lock);
    cases.push({
      name,
      typed: text,
      normalized: normalized.toString('hex'),
      lock,
      encodedLock: lockBytes(lock).toString('hex'),
      stretchedPassphrase: stretched.toString('hex'),
    });
  }
  return {
    cases,
    refusedTexts: [
      { name: 'empty', text: '', error: 'bad_passphrase' },
      { name: 'separators alone', text: ' -_. \u2014 ', error: 'bad_passphrase' },
    ],
    characters: [
      { name: 'a letter', codePoint: '61', isAssigned: true },
      { name: 'an emoji of 2020', codePoint: '1f978', isAssigned: true },
      { name: 'the last assigned one', codePoint: '10fffd', isAssigned: true },
      { name: 'outlined capital A, of 2024', codePoint: '1ccd6', isAssigned: false },
      { name: 'an emoji of 2021', codePoint: '1fae0', isAssigned: false },
      { name: 'a hole in Greek', codePoint: '378', isAssigned: false },
      { name: 'a noncharacter', codePoint: '10ffff', isAssigned: false },
    ],
  };
}

function wide(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) - 0x61 + 0xff41);
}
