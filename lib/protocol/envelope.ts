/**
 * The envelope: what a secret (M0) looks like before it is padded and encrypted.
 * Version, kind, content. Two kinds, text and fields; files have their number
 * reserved and are refused until they are specified.
 */
import { concatBytes, utf8 } from './bytes';
import {
  ENVELOPE_HEADER_BYTES,
  ENVELOPE_KIND,
  ENVELOPE_VERSION,
  MAX_SECRET_BYTES,
} from './constants';
import { ProtocolError } from './errors';
import { decodeFields, encodeFields, type SecretField } from './secret-fields';
import { decodeStrictUtf8 } from './strict-utf8';

export interface TextEnvelope {
  readonly kind: 'text';
  readonly text: string;
}

export interface FieldsEnvelope {
  readonly kind: 'fields';
  readonly fields: readonly SecretField[];
}

/** M0 */
export type Envelope = TextEnvelope | FieldsEnvelope;

/** @throws ProtocolError bad_envelope, too_large */
export function encodeEnvelope(envelope: Envelope): Uint8Array<ArrayBuffer> {
  return envelope.kind === 'text'
    ? encodeTextEnvelope(envelope.text)
    : encodeFieldsEnvelope(envelope.fields);
}

/**
 * The text as it is: no line end is changed, nothing trimmed, nothing
 * normalised. An unpaired surrogate, which UTF-8 can't hold, becomes U+FFFD, as
 * it does when a form is submitted.
 *
 * @param text 1 byte to 1 MiB as UTF-8
 * @throws ProtocolError bad_envelope if empty, too_large
 */
export function encodeTextEnvelope(text: string): Uint8Array<ArrayBuffer> {
  return enclose(ENVELOPE_KIND.text, utf8(text));
}

/**
 * @param fields 1 to 40, at least one with a value; 1 MiB in all
 * @throws ProtocolError bad_envelope, too_large
 */
export function encodeFieldsEnvelope(fields: readonly SecretField[]): Uint8Array<ArrayBuffer> {
  return enclose(ENVELOPE_KIND.fields, encodeFields(fields));
}

/** @throws ProtocolError bad_version, bad_envelope, too_large */
export function decodeEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length < ENVELOPE_HEADER_BYTES) throw new ProtocolError('bad_envelope');
  const [version, kind] = bytes;
  if (version !== ENVELOPE_VERSION) throw new ProtocolError('bad_version');
  const content = bytes.subarray(ENVELOPE_HEADER_BYTES);
  switch (kind) {
    case ENVELOPE_KIND.text:
      checkLength(content.length);
      return { kind: 'text', text: decodeStrictUtf8(content) };
    case ENVELOPE_KIND.fields:
      checkLength(content.length);
      return { kind: 'fields', fields: decodeFields(content) };
    default:
      throw new ProtocolError('bad_envelope');
  }
}

function enclose(kind: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  checkLength(content.length);
  return concatBytes(Uint8Array.of(ENVELOPE_VERSION, kind), content);
}

function checkLength(byteLength: number): void {
  if (byteLength === 0) throw new ProtocolError('bad_envelope');
  if (byteLength > MAX_SECRET_BYTES) throw new ProtocolError('too_large');
}
