/**
 * base64url without padding (RFC 4648, section 5), canonical only: one byte
 * string has one spelling, so one link has one spelling (specification:
 * Encodings). The platform's decoders forgive padding, white space, other
 * alphabets and spare bits; hence this one.
 */
import { ProtocolError } from './errors';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NOT_A_DIGIT = 255;

const CHARACTERS = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));
const DIGITS = new Uint8Array(128).fill(NOT_A_DIGIT);
CHARACTERS.forEach((character, digit) => {
  DIGITS[character] = digit;
});

/** Characters that `byteLength` bytes take. */
function base64urlLength(byteLength: number): number {
  return Math.ceil((byteLength * 4) / 3);
}

export function encodeBase64url(bytes: Uint8Array): string {
  // Whole groups of four first: the last group may reach beyond the text, and is cut.
  const characters = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  for (let read = 0, written = 0; read < bytes.length; read += 3, written += 4) {
    const group =
      ((bytes[read] ?? 0) << 16) | ((bytes[read + 1] ?? 0) << 8) | (bytes[read + 2] ?? 0);
    characters[written] = CHARACTERS[group >> 18] ?? 0;
    characters[written + 1] = CHARACTERS[(group >> 12) & 63] ?? 0;
    characters[written + 2] = CHARACTERS[(group >> 6) & 63] ?? 0;
    characters[written + 3] = CHARACTERS[group & 63] ?? 0;
  }
  return new TextDecoder().decode(characters.subarray(0, base64urlLength(bytes.length)));
}

/**
 * @param expectedLength bytes; any other length is refused before a character is looked at
 * @throws ProtocolError bad_length, bad_base64url
 */
export function decodeBase64url(text: string, expectedLength?: number): Uint8Array<ArrayBuffer> {
  if (expectedLength !== undefined && text.length !== base64urlLength(expectedLength)) {
    throw new ProtocolError('bad_length');
  }
  if (text.length % 4 === 1) throw new ProtocolError('bad_base64url');
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let bitCount = 0;
  let written = 0;
  for (let index = 0; index < text.length; index += 1) {
    const digit = DIGITS[text.charCodeAt(index)] ?? NOT_A_DIGIT;
    if (digit === NOT_A_DIGIT) throw new ProtocolError('bad_base64url');
    bits = ((bits << 6) | digit) & 0xffff;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      bytes[written++] = (bits >> bitCount) & 255;
    }
  }
  // What is left over must be zero, or a second spelling of the same bytes would pass.
  if ((bits & ((1 << bitCount) - 1)) !== 0) throw new ProtocolError('bad_base64url');
  return bytes;
}
