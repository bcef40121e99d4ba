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

/** Format and bidi controls but for Arabic's visible ones, fillers, selectors, halves and private characters. */
const HIDDEN =
  /(?![\u0600-\u0605\u06dd\u070f\u08e2])\p{Cf}|[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}\p{Cs}\p{Co}]/u;

const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** False for what is there and can't be seen; an empty text hides nothing. */
export function showsAll(text: string): boolean {
  const rest = text.replace(NEEDED_JOINER, '');
  return !HIDDEN.test(rest) && (VISIBLE.test(rest) || rest.trim() === '');
}
