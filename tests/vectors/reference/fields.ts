/** Fields inside an envelope, written down a second time from the specification. */
import type { FieldVector } from '../vector-shapes';

export interface RawField {
  readonly kind: number;
  readonly label: Buffer;
  readonly value: Buffer;
  /** What the length says, where it does not say the truth. */
  readonly labelLength?: number;
  readonly valueLength?: number;
}

const KIND_BYTES = new Map([
  ['text', 1],
  ['password', 2],
  ['url', 3],
  ['multiline', 4],
]);

export function rawField({ kind, label, value }: FieldVector): RawField {
  const byte = KIND_BYTES.get(kind);
  if (byte === undefined) throw new Error(`no such kind: ${kind}`);
  return { kind: byte, label: Buffer.from(label, 'utf8'), value: Buffer.from(value, 'utf8') };
}

export function rawFieldBytes(field: RawField): Buffer {
  const { kind, label, value, labelLength = label.length, valueLength = value.length } = field;
  const head = Buffer.alloc(3);
  head.writeUInt8(kind, 0);
  head.writeUInt16BE(labelLength, 1);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(valueLength, 0);
  return Buffer.concat([head, label, size, value]);
}

export function rawFieldsEnvelope(count: number, fields: readonly RawField[]): Buffer {
  return Buffer.concat([Buffer.of(1, 2, count), ...fields.map(rawFieldBytes)]);
}

export function fieldsEnvelope(fields: readonly FieldVector[]): Buffer {
  return rawFieldsEnvelope(fields.length, fields.map(rawField));
}
