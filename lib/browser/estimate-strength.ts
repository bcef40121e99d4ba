/**
 * How hard a passphrase is to guess, roughly and from below. What is at stake:
 * a thief of the link has ten tries; one who also has the server can
 * try for as long as they pay for 64 MiB of Argon2 a guess. The estimate runs
 * here and is never sent anywhere.
 */
export type Strength = 'easy' | 'short' | 'fair' | 'strong';

/** Bits a piece is worth. A word counts as one of the 2048 commonest, however long it is. */
const BITS = { word: 11, randomLetter: 4.7, digit: 3.3, other: 5, repeat: 0.5 } as const;

/** From how many bits on. `short` would fall to a patient guesser with a copy of the server. */
const LEVELS = [
  ['strong', 60],
  ['fair', 44],
  ['short', 24],
] as const satisfies readonly (readonly [Strength, number])[];

const PIECES = /[\p{L}\p{M}]+|\p{N}+|[^\p{L}\p{M}\p{N}]+/gu;

const COMMON =
  /^(pass(word|phrase)?|passwort|secret|geheim|qwerty?|qwertz|asdf|admin|welcome|hello|letmein|login|test)$/iu;

/** Runs a keyboard or an alphabet gives for nothing: 'aaaa', '1234', 'cba'. */
function predictableSteps(text: string): number {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  let steps = 0;
  for (let index = 1; index < codes.length; index += 1) {
    const step = (codes[index] ?? 0) - (codes[index - 1] ?? 0);
    if (Math.abs(step) <= 1) steps += 1;
  }
  return steps;
}

function bitsOfPiece(piece: string): number {
  const length = Array.from(piece).length;
  const predictable = predictableSteps(piece);
  const surprising = length - predictable;
  const spread = (each: number) => surprising * each + predictable * BITS.repeat;
  if (/^\p{N}/u.test(piece)) return spread(BITS.digit);
  if (!/^[\p{L}\p{M}]/u.test(piece)) {
    return length === 1 && /[\s\-_.,]/u.test(piece) ? BITS.repeat : spread(BITS.other);
  }
  if (COMMON.test(piece)) return 2;
  // Capitals inside a word, or no vowel at all, are not how people spell.
  const looksRandom =
    /\p{Ll}\p{Lu}/u.test(piece) || (length > 3 && !/[aeiouyäöüáéíóúàèìòù]/iu.test(piece));
  return looksRandom ? spread(BITS.randomLetter) : Math.min(spread(BITS.randomLetter), BITS.word);
}

/** Bits, from below. The same piece again adds almost nothing. */
function estimateBits(passphrase: string): number {
  const pieces = passphrase.normalize('NFKC').match(PIECES) ?? [];
  const seen = new Set<string>();
  return pieces.reduce((bits, piece) => {
    const known = seen.has(piece.toLowerCase());
    seen.add(piece.toLowerCase());
    return bits + (known ? BITS.repeat : bitsOfPiece(piece));
  }, 0);
}

/** The level of a passphrase; null for none. */
export function estimateStrength(passphrase: string): Strength | null {
  if (passphrase === '') return null;
  const bits = estimateBits(passphrase);
  return LEVELS.find(([, from]) => bits >= from)?.[0] ?? 'easy';
}
