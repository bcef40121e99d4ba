import {
  decodeEnvelope,
  encodeFieldsEnvelope,
  SECRET_FIELD_KINDS,
  type SecretField,
} from '@/lib/protocol/envelope';
import type { EnvelopeVectors, FieldVector, RepeatedField } from '../vector-shapes';
import { expectBytes, expectRefusal, expectSame, fromHex, type VectorCheck } from './vector-check';

export function fieldChecks(vectors: EnvelopeVectors): VectorCheck[] {
  return [
    ...vectors.fieldCases.map(({ name, fields, envelope }) => ({
      name: `envelope of fields: ${name}`,
      run: () => {
        expectBytes('envelope', encodeFieldsEnvelope(fields.map(fieldFrom)), envelope);
        expectFields(fromHex(envelope), fields);
      },
    })),
    ...vectors.longFields.map(({ name, sha256, ...repeated }) => ({
      name: `envelope of fields: ${name}`,
      run: async () => {
        const envelope = encodeFieldsEnvelope(repeat(repeated));
        const digest = await globalThis.crypto.subtle.digest('SHA-256', envelope);
        expectBytes('SHA-256', new Uint8Array(digest), sha256);
        expectFields(envelope, repeat(repeated));
      },
    })),
    ...vectors.refusedFields.map(({ name, error, ...repeated }) => ({
      name: `envelope of fields refused to write: ${name}`,
      run: () => expectRefusal(error, () => encodeFieldsEnvelope(repeat(repeated))),
    })),
  ];
}

function expectFields(envelope: Uint8Array, fields: readonly FieldVector[]): void {
  const decoded = decodeEnvelope(envelope);
  expectSame('kind', decoded.kind, 'fields');
  if (decoded.kind !== 'fields') return;
  expectSame('number of fields', decoded.fields.length, fields.length);
  decoded.fields.forEach((field, index) => {
    expectSame(`kind of field ${index}`, field.kind, fields[index]?.kind);
    expectSame(`label of field ${index}`, field.label, fields[index]?.label);
    expectSame(`value of field ${index}`, field.value, fields[index]?.value);
  });
}

function repeat({ field, labelTimes, valueTimes, fieldTimes }: RepeatedField): SecretField[] {
  const { kind, label, value } = fieldFrom(field);
  const repeated = { kind, label: label.repeat(labelTimes), value: value.repeat(valueTimes) };
  return Array.from({ length: fieldTimes }, () => repeated);
}

function fieldFrom({ kind, label, value }: FieldVector): SecretField {
  const known = SECRET_FIELD_KINDS.find((name) => name === kind);
  if (known === undefined) throw new Error(`no such kind: ${kind}`);
  return { kind: known, label, value };
}
