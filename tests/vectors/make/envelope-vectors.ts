import { sha256 } from '../reference/primitives';
import { textEnvelope } from '../reference/values';
import type { EnvelopeVectors } from '../vector-shapes';
import { fieldCases, fieldRefusals, longFields, refusedFields } from './field-vectors';

const LIMIT = 1_048_576;

export function makeEnvelopeVectors(): EnvelopeVectors {
  const texts: [string, string][] = [
    ['one letter', 'x'],
    ['line ends and tabs are kept', ' user:\troot\r\npass:\tx\n\n'],
    ['two, three and four bytes a character', 'Gr\u00fc\u00dfe, \u5c01\u8721, \u{1f58b}'],
    ['composed and decomposed are kept apart', '\u00e9 e\u0301'],
    ['a byte order mark is kept', '\ufeffx'],
    ['zero character', 'a\u0000b'],
    ['right to left', '\u05d7\u05d5\u05ea\u05dd'],
  ];
  const codeUnits = [0x61, 0xd800, 0x62, 0xdc00];
  const unpaired = String.fromCharCode(...codeUnits);
  return {
    cases: texts.map(([name, text]) => ({
      name,
      text,
      envelope: textEnvelope(text).toString('hex'),
    })),
    unpairedSurrogates: [{ codeUnits, envelope: textEnvelope(unpaired).toString('hex') }],
    long: [
      long('the longest text', 'x', LIMIT),
      long('the longest, two bytes each', 'é', LIMIT / 2),
    ],
    refusedTexts: [
      { name: 'empty', text: '', times: 1, error: 'bad_envelope' },
      { name: 'one byte over the limit', text: 'x', times: LIMIT + 1, error: 'too_large' },
      {
        name: 'over the limit in bytes, not in characters',
        text: 'é',
        times: LIMIT / 2 + 1,
        error: 'too_large',
      },
    ],
    fieldCases: fieldCases(),
    longFields: longFields(),
    refusedFields: refusedFields(),
    refusals: [
      refusal('nothing', '', 'bad_envelope'),
      refusal('version alone', '01', 'bad_envelope'),
      refusal('no content', '0101', 'bad_envelope'),
      refusal('version 0', '000178', 'bad_version'),
      refusal('version 2', '020178', 'bad_version'),
      refusal('kind 0', '010078', 'bad_envelope'),
      refusal('files, reserved', '010378', 'bad_envelope'),
      refusal('kind 255', '01ff78', 'bad_envelope'),
      refusal('stray continuation byte', '010180', 'bad_envelope'),
      refusal('cut inside a character', '0101e5b0', 'bad_envelope'),
      refusal('overlong slash', '0101c0af', 'bad_envelope'),
      refusal('a surrogate in UTF-8', '0101eda080', 'bad_envelope'),
      refusal('beyond U+10FFFF', '0101f4908080', 'bad_envelope'),
      refusal('UTF-16', '0101fffe7800', 'bad_envelope'),
      ...fieldRefusals(),
    ],
  };
}

function long(name: string, text: string, times: number) {
  return { name, text, times, sha256: sha256(textEnvelope(text.repeat(times))).toString('hex') };
}

function refusal(name: string, envelope: string, error: string) {
  return { name, envelope, error };
}
