/**
 * The envelope: what a secret (M0) looks like before it is padded and encrypted.
 * Version, kind, content. One kind so far, text; fields and files have their
 * numbers reserved and are refused until they are specified.
 */
import { concatBytes, utf8 } from './bytes';
import {
  ENVELOPE_HEADER_BYTES,
  ENVELOPE_KIND,
  ENVELOPE_VERSION,
  MAX_SECRET_BYTES,
} from './constants';
import { ProtocolError } from './errors';

export interface TextEnvelope {
  readonly kind: 'text';
  readonly text: string;
}

const HEADER = Uint8Array.of(ENVELOPE_VERSION, ENVELOPE_KIND.text);

/**
 * The text as it is: no line end is changed, nothing trimmed, nothing
 * normalised. An unpaired surrogate, which UTF-8 can't hold, becomes U+FFFD, as
 * it does when a form is submitted.
 *
 * @param text 1 byte to 1 MiB as UTF-8
 * @throws ProtocolError bad_envelope if empty, too_large
 */
export function encodeTextEnvelope(text: string): Uint8Array<ArrayBuffer> {
  const content = utf8(text);
  checkTextLength(content.length);
  return concatBytes(HEADER, content);
}

/** @throws ProtocolError bad_version, bad_envelope, too_large */
export function decodeEnvelope(bytes: Uint8Array): TextEnvelope {
  if (bytes.length < ENVELOPE_HEADER_BYTES) throw new ProtocolError('bad_envelope');
  if (bytes[0] !== ENVELOPE_VERSION) throw new ProtocolError('bad_version');
  if (bytes[1] !== ENVELOPE_KIND.text) throw new ProtocolError('bad_envelope');
  const content = bytes.subarray(ENVELOPE_HEADER_BYTES);
  checkTextLength(content.length);
  return { kind: 'text', text: decodeText(content) };
}

function checkTextLength(byteLength: number): void {
  if (byteLength === 0) throw new ProtocolError('bad_envelope');
  if (byteLength > MAX_SECRET_BYTES) throw new ProtocolError('too_large');
}

function decodeText(content: Uint8Array): string {
  try {
    // ignoreBOM keeps a leading U+FEFF: it belongs to the secret like any other character.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch (error) {
    if (error instanceof TypeError) throw new ProtocolError('bad_envelope');
    throw error;
  }
}
