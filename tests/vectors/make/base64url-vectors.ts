import { fixed } from '../reference/primitives';
import type { Base64urlVectors } from '../vector-shapes';
import { withSpareBit } from './altered-bytes';

export function makeBase64urlVectors(): Base64urlVectors {
  const samples = [
    Buffer.alloc(0),
    Buffer.of(0),
    Buffer.of(0xff),
    Buffer.of(0xff, 0xfe),
    Buffer.of(0xfb, 0xff, 0xbf),
    Buffer.of(0x3e, 0x3f, 0x40, 0x41),
    ...[16, 25, 32, 41].map((length) => fixed('base64url', length)),
  ];
  const messageKey = fixed('base64url', 16).toString('base64url');
  return {
    cases: samples.map((bytes) => ({
      bytes: bytes.toString('hex'),
      text: bytes.toString('base64url'),
    })),
    refusals: [
      refusal('one character is no byte', 'A', null, 'bad_base64url'),
      refusal('padding', 'QQ==', null, 'bad_base64url'),
      refusal('padding inside', 'QQ==QQ==', null, 'bad_base64url'),
      refusal('spare bits set, two characters', 'QR', null, 'bad_base64url'),
      refusal('spare bits set, three characters', 'QUF', null, 'bad_base64url'),
      refusal('spare bits set in a message key', withSpareBit(messageKey), 16, 'bad_base64url'),
      refusal('plain base64: plus', '+_8A', null, 'bad_base64url'),
      refusal('plain base64: slash', '-/8A', null, 'bad_base64url'),
      refusal('leading space', ' QUJ', null, 'bad_base64url'),
      refusal('trailing line feed', 'QUJ\n', null, 'bad_base64url'),
      refusal('letter beyond ASCII', 'QUJ\u00e9', null, 'bad_base64url'),
      refusal('full-width letter', 'QUJ\uff24', null, 'bad_base64url'),
      refusal('zero character', 'QUJ\u0000', null, 'bad_base64url'),
      refusal('tilde', 'QUJ~', null, 'bad_base64url'),
      refusal('one byte too few', 'QQ', 2, 'bad_length'),
      refusal('one byte too many', 'QUJD', 2, 'bad_length'),
      refusal('message key with padding', `${messageKey}==`, 16, 'bad_length'),
      refusal('message key cut short', messageKey.slice(1), 16, 'bad_length'),
      refusal('nothing', '', 16, 'bad_length'),
    ],
  };
}

function refusal(name: string, text: string, length: number | null, error: string) {
  return { name, text, length, error };
}
