import { sha256 } from '../reference/primitives';
import {
  fieldsEnvelope,
  rawField,
  rawFieldBytes,
  rawFieldsEnvelope,
  type RawField,
} from '../reference/fields';
import type { EnvelopeVectors, FieldVector, RepeatedField } from '../vector-shapes';

const LIMIT = 1_048_576;
const MOST_FIELDS = 40;
/** Count, kind and both lengths of the one field of an envelope. */
const AROUND_ONE_FIELD = 1 + 1 + 2 + 4;

const USER: FieldVector = { kind: 'text', label: 'User name', value: 'root' };
const PASSWORD: FieldVector = {
  kind: 'password',
  label: 'Password',
  value: 't0p\u2013dr\u00e4wer',
};

export function fieldCases(): EnvelopeVectors['fieldCases'] {
  const cases: [string, FieldVector[]][] = [
    ['one field', [PASSWORD]],
    [
      'a website login',
      [{ kind: 'url', label: 'Address', value: 'https://example.com/?a=b#c' }, USER, PASSWORD],
    ],
    ['every kind', ['text', 'password', 'url', 'multiline'].map((kind) => ({ ...USER, kind }))],
    ['some values empty', [{ ...USER, value: '' }, PASSWORD, { ...PASSWORD, value: '' }]],
    ['two labels alike', [USER, USER]],
    [
      'line ends, tabs and white space are kept',
      [{ kind: 'multiline', label: ' Key ', value: '-----\r\n\tx\n\n ' }],
    ],
    [
      'labels and values in other scripts, right to left too',
      [
        { kind: 'text', label: '\u7528\u6237\u540d', value: '\u5c01\u8721 \u{1f58b}' },
        { kind: 'text', label: '\u05e9\u05dd', value: '\u05d7\u05d5\u05ea\u05dd' },
      ],
    ],
    ['byte order marks are kept', [{ kind: 'text', label: '\ufeffa', value: '\ufeffb' }]],
    ['an address that is none', [{ kind: 'url', label: 'a', value: 'javascript:alert(1)' }]],
  ];
  return cases.map(([name, fields]) => ({
    name,
    fields,
    envelope: fieldsEnvelope(fields).toString('hex'),
  }));
}

export function longFields(): EnvelopeVectors['longFields'] {
  const longest: [string, RepeatedField][] = [
    ['as many as there may be', repeated(USER, { fieldTimes: MOST_FIELDS })],
    ['the longest label', repeated({ ...USER, label: 'x' }, { labelTimes: 400 })],
    [
      'the longest label, two bytes each',
      repeated({ ...USER, label: '\u00e9' }, { labelTimes: 200 }),
    ],
    [
      'the longest value',
      repeated(
        { kind: 'multiline', label: 'x', value: 'y' },
        { valueTimes: LIMIT - AROUND_ONE_FIELD - 1 },
      ),
    ],
  ];
  return longest.map(([name, one]) => ({
    name,
    ...one,
    sha256: sha256(fieldsEnvelope(spread(one))).toString('hex'),
  }));
}

export function refusedFields(): EnvelopeVectors['refusedFields'] {
  const refused: [string, RepeatedField, string?][] = [
    ['no fields', repeated(USER, { fieldTimes: 0 })],
    ['one field too many', repeated(USER, { fieldTimes: MOST_FIELDS + 1 })],
    ['no label', repeated({ ...USER, label: '' }, {})],
    ['a label one byte too long', repeated({ ...USER, label: 'x' }, { labelTimes: 401 })],
    [
      'a label too long in bytes, not in characters',
      repeated({ ...USER, label: '\u00e9' }, { labelTimes: 201 }),
    ],
    ['every value empty', repeated({ ...USER, value: '' }, { fieldTimes: 2 })],
    [
      'one byte over the limit',
      repeated(
        { kind: 'multiline', label: 'x', value: 'y' },
        { valueTimes: LIMIT - AROUND_ONE_FIELD },
      ),
      'too_large',
    ],
    [
      'over the limit together',
      repeated({ kind: 'text', label: 'x', value: 'y' }, { valueTimes: LIMIT / 2, fieldTimes: 2 }),
      'too_large',
    ],
  ];
  return refused.map(([name, one, error = 'bad_envelope']) => ({ name, ...one, error }));
}

/** What a receiver refuses to read, one fault each. */
export function fieldRefusals(): EnvelopeVectors['refusals'] {
  const [user, password] = [rawField(USER), rawField(PASSWORD)];
  const refused: [string, Buffer][] = [
    ['no count', rawFieldsEnvelope(0, []).subarray(0, 2)],
    ['count of 0', rawFieldsEnvelope(0, [])],
    [
      'one too many',
      rawFieldsEnvelope(MOST_FIELDS + 1, Array<RawField>(MOST_FIELDS + 1).fill(user)),
    ],
    ['count beyond the fields', rawFieldsEnvelope(2, [user])],
    ['count below the fields', rawFieldsEnvelope(1, [user, password])],
    ['a byte after the last', Buffer.concat([rawFieldsEnvelope(1, [user]), Buffer.of(0)])],
    ...[0, 5, 255].map((kind): [string, Buffer] => [`kind ${kind}`, one({ ...user, kind })]),
    ['no label', one({ ...user, label: Buffer.alloc(0) })],
    ['a label too long', one({ ...user, label: Buffer.alloc(401, 'x') })],
    ['a label beyond the end', one({ ...user, labelLength: 400 })],
    ['a value beyond the end', one({ ...user, valueLength: user.value.length + 1 })],
    ['a value of 4 GiB', one({ ...user, valueLength: 0xffffffff })],
    ['every value empty', rawFieldsEnvelope(2, [empty(user), empty(password)])],
    ...cuts(user),
    ...NOT_UTF8.flatMap(([what, bytes]): [string, Buffer][] => [
      [`label: ${what}`, one({ ...user, label: bytes })],
      [`value: ${what}`, one({ ...user, value: bytes })],
    ]),
  ];
  return refused.map(([name, envelope]) => ({
    name: `fields, ${name}`,
    envelope: envelope.toString('hex'),
    error: 'bad_envelope',
  }));
}

const NOT_UTF8: readonly [string, Buffer][] = [
  ['stray continuation byte', Buffer.of(0x80)],
  ['cut inside a character', Buffer.of(0xe5, 0xb0)],
  ['overlong slash', Buffer.of(0xc0, 0xaf)],
  ['a surrogate in UTF-8', Buffer.of(0xed, 0xa0, 0x80)],
  ['beyond U+10FFFF', Buffer.of(0xf4, 0x90, 0x80, 0x80)],
];

/** An envelope of one field that ends early: after its kind, inside a length, inside a text. */
function cuts(field: RawField): [string, Buffer][] {
  const whole = rawFieldsEnvelope(1, [field]);
  const start = whole.length - rawFieldBytes(field).length;
  const labelEnd = start + 3 + field.label.length;
  const places: [string, number][] = [
    ['after the count', start],
    ['after the kind', start + 1],
    ['inside the length of the label', start + 2],
    ['inside the label', labelEnd - 1],
    ['after the label', labelEnd],
    ['inside the length of the value', labelEnd + 3],
    ['inside the value', whole.length - 1],
  ];
  return places.map(([where, length]) => [`cut ${where}`, whole.subarray(0, length)]);
}

function one(field: RawField): Buffer {
  return rawFieldsEnvelope(1, [field]);
}

function empty(field: RawField): RawField {
  return { ...field, value: Buffer.alloc(0) };
}

function repeated(field: FieldVector, times: Partial<Omit<RepeatedField, 'field'>>): RepeatedField {
  return { field, labelTimes: 1, valueTimes: 1, fieldTimes: 1, ...times };
}

function spread({ field, labelTimes, valueTimes, fieldTimes }: RepeatedField): FieldVector[] {
  const { kind, label, value } = field;
  return Array<FieldVector>(fieldTimes).fill({
    kind,
    label: label.repeat(labelTimes),
    value: value.repeat(valueTimes),
  });
}
