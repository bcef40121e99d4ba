/**
 * What a secret (M0) looks like before it is encrypted: the envelope, then padding around it. The
 * envelope is version, kind, content; of two kinds, text and fields, while files have their number
 * reserved and are refused until they are specified. Fields are how many, then each one's kind,
 * label and value with their lengths. Nothing is skipped and nothing may be left over: fields have
 * one spelling, and a receiver never shows a part of them.
 */
import { concatBytes, decodeStrictUtf8, uint16, uint32, utf8 } from './bytes';
import {
  CIPHERTEXT_OVERHEAD_BYTES,
  ENVELOPE_HEADER_BYTES,
  ENVELOPE_KIND,
  ENVELOPE_VERSION,
  FIELD_KIND,
  HPKE_OVERHEAD_BYTES,
  MAX_ENVELOPE_BYTES,
  MAX_FIELD_LABEL_BYTES,
  MAX_FIELDS,
  MAX_SECRET_BYTES,
  PADDING_FLOOR,
  PADDING_PREFIX_BYTES,
} from './constants';
import { ProtocolError } from './errors';

export type SecretFieldKind = keyof typeof FIELD_KIND;

export const SECRET_FIELD_KINDS = Object.keys(FIELD_KIND) as readonly SecretFieldKind[];

export interface SecretField {
  readonly kind: SecretFieldKind;
  /** 1 to 400 bytes as UTF-8 */
  readonly label: string;
  /** may be empty */
  readonly value: string;
}

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

const COUNT_BYTES = 1;
/** A field's kind and the lengths of its label and value. */
const LENGTH_AROUND_TEXTS = 1 + 2 + 4;

/**
 * Labels and values as they are, like the text of a text envelope.
 *
 * @param fields 1 to 40, of which one has a value
 * @throws ProtocolError bad_envelope
 */
export function encodeFields(fields: readonly SecretField[]): Uint8Array<ArrayBuffer> {
  checkCount(fields.length);
  checkFilled(fields);
  return concatBytes(Uint8Array.of(fields.length), ...fields.map(encodeField));
}

/** How many bytes the fields take as the content of an envelope, whatever else is wrong with them. */
export function fieldsLength(fields: readonly SecretField[]): number {
  return fields.reduce(
    (sum, { label, value }) => sum + LENGTH_AROUND_TEXTS + utf8(label).length + utf8(value).length,
    COUNT_BYTES,
  );
}

/** @throws ProtocolError bad_envelope */
export function decodeFields(content: Uint8Array): SecretField[] {
  const reader = new Reader(content);
  const count = reader.uint(1);
  checkCount(count);
  const fields = Array.from({ length: count }, () => decodeField(reader));
  reader.expectEnd();
  checkFilled(fields);
  return fields;
}

function encodeField({ kind, label, value }: SecretField): Uint8Array {
  const [labelBytes, valueBytes] = [utf8(label), utf8(value)];
  checkLabelLength(labelBytes.length);
  return concatBytes(
    Uint8Array.of(FIELD_KIND[kind]),
    uint16(labelBytes.length),
    labelBytes,
    uint32(valueBytes.length),
    valueBytes,
  );
}

function decodeField(reader: Reader): SecretField {
  const kind = kindOf(reader.uint(1));
  const labelLength = reader.uint(2);
  checkLabelLength(labelLength);
  const label = decodeStrictUtf8(reader.take(labelLength));
  return { kind, label, value: decodeStrictUtf8(reader.take(reader.uint(4))) };
}

function kindOf(byte: number): SecretFieldKind {
  const kind = SECRET_FIELD_KINDS.find((name) => FIELD_KIND[name] === byte);
  if (kind === undefined) throw new ProtocolError('bad_envelope');
  return kind;
}

function checkCount(count: number): void {
  if (count < 1 || count > MAX_FIELDS) throw new ProtocolError('bad_envelope');
}

function checkLabelLength(byteLength: number): void {
  if (byteLength < 1 || byteLength > MAX_FIELD_LABEL_BYTES) throw new ProtocolError('bad_envelope');
}

/** Nothing but labels is no secret, as an empty text is none. */
function checkFilled(fields: readonly SecretField[]): void {
  if (fields.every(({ value }) => value === '')) throw new ProtocolError('bad_envelope');
}

/** Takes bytes off the front, and refuses to take what is not there. */
class Reader {
  #rest: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#rest = bytes;
  }

  take(length: number): Uint8Array {
    if (length > this.#rest.length) throw new ProtocolError('bad_envelope');
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  /** An unsigned integer of so many bytes, at most 4, big-endian. */
  uint(byteLength: number): number {
    return this.take(byteLength).reduce((value, byte) => value * 256 + byte, 0);
  }

  expectEnd(): void {
    if (this.#rest.length > 0) throw new ProtocolError('bad_envelope');
  }
}

/*
 * Padding: a length prefix, the content, zeros. The total is Padmé (Nikitin et
 * al., "Reducing Metadata Leakage from Encrypted Files and Communication with
 * PURBs", 2019) over a floor, so that lengths leak about log log of themselves and
 * a PIN is as long as a password. Canonical: content has one padded form. Only
 * ever removed after authentication, so its checks need no constant time.
 */

/** The padded length of content, in bytes. @throws ProtocolError too_large */
export function paddedLength(contentLength: number): number {
  if (contentLength > MAX_ENVELOPE_BYTES) throw new ProtocolError('too_large');
  return roundUp(Math.max(PADDING_FLOOR, PADDING_PREFIX_BYTES + contentLength));
}

/** Whether some content is padded to exactly this many bytes. */
export function isPaddedLength(length: number): boolean {
  return (
    length >= PADDING_FLOOR &&
    length <= paddedLength(MAX_ENVELOPE_BYTES) &&
    roundUp(length) === length
  );
}

/** @throws ProtocolError too_large */
export function pad(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const filler = paddedLength(content.length) - PADDING_PREFIX_BYTES - content.length;
  return concatBytes(uint32(content.length), content, new Uint8Array(filler));
}

/** @throws ProtocolError bad_padding */
export function unpad(padded: Uint8Array): Uint8Array<ArrayBuffer> {
  if (padded.length < PADDING_FLOOR) throw new ProtocolError('bad_padding');
  const contentLength = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (contentLength > MAX_ENVELOPE_BYTES || paddedLength(contentLength) !== padded.length) {
    throw new ProtocolError('bad_padding');
  }
  const end = PADDING_PREFIX_BYTES + contentLength;
  if (padded.subarray(end).some((byte) => byte !== 0)) throw new ProtocolError('bad_padding');
  return new Uint8Array(padded.subarray(PADDING_PREFIX_BYTES, end));
}

/**
 * Padmé: keeps the leading bits of a length, as many as its exponent is long,
 * and rounds the rest up. The overhead is at most 12 %.
 */
function roundUp(length: number): number {
  const exponent = 31 - Math.clz32(length);
  const exponentBits = 32 - Math.clz32(exponent);
  const roundedBits = exponent - exponentBits;
  const mask = 2 ** roundedBits - 1;
  return (length + mask) & ~mask;
}

/** The longest M1 there is, in bytes: 1 MiB, padded, with everything around it. */
export const MAX_CIPHERTEXT_BYTES = CIPHERTEXT_OVERHEAD_BYTES + paddedLength(MAX_ENVELOPE_BYTES);

/** The same of a sealed reply. */
export const MAX_SEALED_REPLY_BYTES = HPKE_OVERHEAD_BYTES + paddedLength(MAX_ENVELOPE_BYTES);

/**
 * Refuses every length that no honest sender can make: what a server can check
 * of an M1 that it can't read.
 *
 * @throws ProtocolError bad_length, too_large
 */
export function checkCiphertextLength(ciphertext: Uint8Array): void {
  checkSealedLength(ciphertext, CIPHERTEXT_OVERHEAD_BYTES);
}

/** The same of a sealed reply. @throws ProtocolError bad_length, too_large */
export function checkReplyLength(sealed: Uint8Array): void {
  checkSealedLength(sealed, HPKE_OVERHEAD_BYTES);
}

function checkSealedLength(sealed: Uint8Array, overhead: number): void {
  const padded = sealed.length - overhead;
  if (padded > paddedLength(MAX_ENVELOPE_BYTES)) throw new ProtocolError('too_large');
  if (!isPaddedLength(padded)) throw new ProtocolError('bad_length');
}
