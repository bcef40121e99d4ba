import { describe, expect, it } from 'vitest';
import { profileForm } from '@/lib/accounts/schema';
import { refusalOfRecipients } from '@/lib/sealed/recipients';
import { note } from '@/lib/sealed/schema';
import { newRequestFields } from '@/lib/requests/schema';
import { refusalOfLabel } from '@/lib/secrets/field-rules';
import { fieldDefinitions, storedFieldDefinitions } from '@/lib/secrets/schema';
import { showsAll } from '@/lib/visible-text';

const HIDING: [string, string][] = [
  ['a right-to-left override', 'Ada \u202egro.live'],
  ['an isolate', 'Ada \u2066x\u2069'],
  ['a direction mark', 'Ada\u200f'],
  ['an Arabic letter mark', 'Ada\u061c'],
  ['a zero-width space', 'A\u200bda'],
  ['a joiner between Latin letters', 'A\u200dda'],
  ['a joiner at the end', 'علی\u200c'],
  ['a word joiner', 'Ada\u2060'],
  ['a byte order mark', '\ufeffAda'],
  ['a soft hyphen', 'A\u00adda'],
  ['a Hangul filler', '\u3164'],
  ['a blank braille pattern', '\u2800'],
  ['a variation selector', 'Ada\ufe0f'],
  ['a tag', 'Ada\u{e0041}'],
  ['a combining mark alone', '\u0301'],
  ['a private character', 'Ada\ue000'],
  ['an ignorable character to come', 'A\u2065da'],
  ['a tag to come', 'Ada\u{e0080}'],
  ['a special to come', 'Ada\ufff0'],
  ['a shorthand control', 'A\u{1bca0}da'],
  ['no character', 'Ada\u{1fffe}'],
  ['a note without a head', '\u{1d159}'],
  ['a Khitan filler', 'Ada\u{16fe4}'],
  ['a hieroglyph that is a blank', '\u{13441}'],
  ['a pile of marks', `A${'\u0489'.repeat(7)}da`],
];

describe('a text that holds what cannot be seen', () => {
  it.each(HIDING)('is refused as name, note, recipient, question and label: %s', (_what, text) => {
    expect(showsAll(text)).toBe(false);
    const codes = [
      profileForm.safeParse({ name: text }).error?.issues[0]?.message,
      note.safeParse(text).error?.issues[0]?.message,
      refusalOfRecipients([text]),
      newRequestFields
        .safeParse({ question: text, fields: '[]', expiresIn: '1d', repliesAllowed: '1' })
        .error?.issues.map(({ message }) => message)[0],
      refusalOfLabel(text),
      fieldDefinitions.safeParse(JSON.stringify([{ kind: 'text', label: text }])).error?.issues[0]
        ?.message,
    ];
    // A byte order mark at an end is white space, which is cut off and hides nothing then.
    const expected = text.startsWith('\ufeff')
      ? [undefined, undefined, 'text_hidden', undefined, 'text_hidden', undefined]
      : Array(6).fill('text_hidden');
    expect(codes).toEqual(expected);
  });

  it('stays readable where it was stored by the rules of an earlier day', () => {
    const stored = JSON.stringify([{ kind: 'text', label: 'A\u200bda' }]);
    expect(storedFieldDefinitions.safeParse(stored).success).toBe(true);
  });
});

it.each([
  ['nothing', ''],
  ['Persian', 'می‌خواهم'],
  ['Arabic with a number sign', '\u0600١٢'],
  ['Hebrew', 'דוד כהן'],
  ['Sinhala', 'ශ්‍රී'],
  ['Bengali', 'র‍্যাব'],
  ['Malayalam', 'ന്‍'],
  ['a family', '👨‍👩‍👧'],
  ['a heart', '❤️'],
  ['a shrugging person', '🤷🏽‍♀️'],
  ['Japanese with a variant of a name', '葛\u{e0100}城'],
  ['Vietnamese, decomposed', 'Nguye\u0302\u0303n'],
  ['Hebrew with points and accents', 'בְּרֵאשִׁ֖ית'],
  ['Tibetan', 'རྒྱུད'],
  ['Burmese', 'ကြောင့်'],
  ['Thai', 'น้ำ'],
  ['an emoji to come', '\u{1fae0}\u{1faea}'],
  ['several lines', 'a\n\tb'],
])('what a script needs stays: %s', (_what, text) => {
  expect(showsAll(text)).toBe(true);
});

describe('a name', () => {
  const nameOf = (name: string) => profileForm.safeParse({ name });

  it('has single spaces, so that no two look alike by theirs', () => {
    expect(nameOf(' Ada \u00a0 Lovelace\u2003').data?.name).toBe('Ada Lovelace');
  });

  it.each(['\u0410da', 'Ad\u0430 Lovelace', 'B\u03bfss', 'A\u0501a', 'J\u0585hn'])(
    'has no word of letters of two alphabets that look alike: %j',
    (name) => {
      expect(nameOf(name).error?.issues.map(({ message }) => message)).toEqual([
        'name_mixes_alphabets',
      ]);
    },
  );

  it.each([
    'Владимир Smith',
    'Ольга',
    'Ελένη Παπαδοπούλου',
    '山田Tarō',
    'ヤマダ太郎',
    'Sørén O’Nëill-Müller',
    'علي Smith',
    'Team 5μ',
  ])('keeps what languages write: %s', (name) => {
    expect(nameOf(name).data?.name).toBe(name);
  });

  it.each(['Boss (boss@example.org)', 'boss＠example.org', 'Boss ﹫'])(
    'does not pose as an address: %s',
    (name) => {
      expect(nameOf(name).error?.issues.map(({ message }) => message)).toEqual([
        'name_like_address',
      ]);
    },
  );
});
