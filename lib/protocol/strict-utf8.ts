import { ProtocolError } from './errors';

/**
 * The text that these bytes are, to the letter: a leading U+FEFF belongs to it
 * like any other character.
 *
 * @throws ProtocolError bad_envelope for anything but valid UTF-8
 */
export function decodeStrictUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new ProtocolError('bad_envelope');
    throw error;
  }
}
