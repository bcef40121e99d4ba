/**
 * Whether a text shows all that it holds. What does not show lets one name pose as another, one
 * field as another, and turns around what stands behind it. Scripts and emoji that need joiners
 * keep them, where they need them.
 */

/** ZWNJ and ZWJ: beside a virama, between letters that join, and between emoji (as RFC 5892, appendix A). */
const NEEDED_JOINER = new RegExp(
  [
    '(?<=[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d4d\\u0dca\\u1039\\u17d2])[\\u200c\\u200d]',
    '\\u200d(?=[\\u09cd\\u0ccd\\u0dca])',
    '(?<=[\\p{Script=Arab}\\p{Script=Syrc}\\p{Script=Mong}\\p{Script=Nkoo}\\p{Script=Adlm}])[\\u200c\\u200d]' +
      '(?=[\\p{Script=Arab}\\p{Script=Syrc}\\p{Script=Mong}\\p{Script=Nkoo}\\p{Script=Adlm}])',
    '(?<=[\\p{Extended_Pictographic}\\ufe0f\\p{Emoji_Modifier}])\\u200d(?=\\p{Extended_Pictographic})',
    '(?<=\\p{Emoji})[\\ufe0e\\ufe0f]',
    '(?<=\\p{Script=Han})[\\u{e0100}-\\u{e01ef}]',
  ].join('|'),
  'gu',
);

/**
 * What programs may leave out, and format and bidi controls but for Arabic's visible ones; halves,
 * private and unassigned characters, except for those that are kept for emoji to come; and the
 * blanks that Unicode counts among letters and symbols.
 */
const HIDDEN = new RegExp(
  [
    '\\p{Default_Ignorable_Code_Point}',
    '(?![\\u0600-\\u0605\\u06dd\\u070f\\u08e2])\\p{Cf}',
    '[\\p{Cs}\\p{Co}]',
    '(?!\\p{Extended_Pictographic})\\p{Cn}',
    '[\\u2800\\u{13441}\\u{13442}\\u{16fe4}\\u{1d159}]',
  ].join('|'),
  'u',
);

/** More marks over one letter than any script puts there: they would write over the lines beside it. */
const PILE_OF_MARKS = /[\p{Mn}\p{Me}]{7}/u;

const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** False for what is there and can't be seen; an empty text hides nothing. */
export function showsAll(text: string): boolean {
  const rest = text.replace(NEEDED_JOINER, '');
  return (
    !HIDDEN.test(rest) && !PILE_OF_MARKS.test(text) && (VISIBLE.test(rest) || rest.trim() === '')
  );
}

/** Alphabets with letters that look alike: Cyrillic `а` is no Latin `a`. */
const LOOK_ALIKE = ['Latn', 'Cyrl', 'Grek', 'Armn', 'Cher', 'Copt'].map(
  (script) => new RegExp(`(?=\\p{L})\\p{Script=${script}}`, 'u'),
);

/**
 * True where one word has letters of two alphabets that look alike, as no language writes. What goes
 * together in one (Japanese with Latin letters, say) has none of another.
 */
export function mixesAlphabets(text: string): boolean {
  return text
    .split(/[^\p{L}\p{M}]+/u)
    .some((word) => LOOK_ALIKE.filter((letter) => letter.test(word)).length > 1);
}

/** What a person takes for the same is the same here: to compare by, never to show. */
export function asSeen(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}
