/** What a request asks for, written down in one way, so that its link can authenticate it. */
import { encodeLabel } from './associated-data';
import { concatBytes, uint16, uint32, utf8 } from './bytes';
import { FIELD_KIND, LABELS, MAX_FIELD_LABEL_BYTES, MAX_FIELDS } from './constants';
import { sha256 } from './digest';
import { ProtocolError } from './errors';
import type { SecretFieldKind } from './secret-fields';

/** One box that the client is to fill in. */
export interface RequestedField {
  readonly kind: SecretFieldKind;
  readonly label: string;
  /** Left out: none. */
  readonly note?: string | undefined;
  /** Left out: no. */
  readonly required?: boolean | undefined;
}

/** What the client reads, word for word as the server stores and tells it. */
export interface RequestTerms {
  readonly question: string;
  /** Empty: one free reply. */
  readonly fields: readonly RequestedField[];
}

const MAX_UINT16 = 0xffff;

/**
 * SHA-256 over label, question and fields, each with its length before it.
 *
 * @throws ProtocolError bad_binding where they can't be written down
 */
export async function hashRequestTerms(terms: RequestTerms): Promise<Uint8Array<ArrayBuffer>> {
  return sha256(concatBytes(encodeLabel(LABELS.requestTerms), encodeRequestTerms(terms)));
}

/** @throws ProtocolError bad_binding */
export function encodeRequestTerms({ question, fields }: RequestTerms): Uint8Array<ArrayBuffer> {
  if (fields.length > MAX_FIELDS) throw new ProtocolError('bad_binding');
  const text = utf8(question);
  const count = Uint8Array.of(fields.length);
  return concatBytes(uint32(text.length), text, count, ...fields.map(encodeField));
}

function encodeField({ kind, label, note = '', required = false }: RequestedField): Uint8Array {
  const [labelBytes, noteBytes] = [utf8(label), utf8(note)];
  if (labelBytes.length > MAX_FIELD_LABEL_BYTES || noteBytes.length > MAX_UINT16) {
    throw new ProtocolError('bad_binding');
  }
  return concatBytes(
    Uint8Array.of(FIELD_KIND[kind], required ? 1 : 0),
    uint16(labelBytes.length),
    labelBytes,
    uint16(noteBytes.length),
    noteBytes,
  );
}
