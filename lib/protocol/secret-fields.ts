/**
 * The content of an envelope of fields: how many, then each one's kind, label
 * and value with their lengths. Nothing is skipped and nothing may be left over:
 * fields have one spelling, and a receiver never shows a part of them.
 */
import { concatBytes, uint16, uint32, utf8 } from './bytes';
import { FIELD_KIND, MAX_FIELD_LABEL_BYTES, MAX_FIELDS } from './constants';
import { ProtocolError } from './errors';
import { decodeStrictUtf8 } from './strict-utf8';

export type SecretFieldKind = keyof typeof FIELD_KIND;

export const SECRET_FIELD_KINDS = Object.keys(FIELD_KIND) as readonly SecretFieldKind[];

export interface SecretField {
  readonly kind: SecretFieldKind;
  /** 1 to 400 bytes as UTF-8 */
  readonly label: string;
  /** may be empty */
  readonly value: string;
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
