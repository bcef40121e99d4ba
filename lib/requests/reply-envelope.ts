import { encodeFieldsEnvelope, encodeTextEnvelope } from '@/lib/protocol/envelope';
import { ProtocolError } from '@/lib/protocol/errors';
import type { RefusalCode } from '@/lib/refusal-code';
import { emptyFields, type FieldDefinition, withUnixLineEnds } from '@/lib/secrets/field-rules';

/**
 * What a reply looks like before it is sealed, here or in the browser.
 *
 * @param values in the order of `fields`; one where there are none
 */
export function replyEnvelope(
  fields: readonly FieldDefinition[],
  values: readonly string[],
): Uint8Array | { readonly refusal: RefusalCode } {
  const texts = values.map(withUnixLineEnds);
  if (texts.every((text) => text.trim() === '')) return { refusal: 'reply_missing' };
  if (emptyFields(fields, texts).some(({ required }) => required)) {
    return { refusal: 'reply_incomplete' };
  }
  try {
    return fields.length === 0
      ? encodeTextEnvelope(texts[0] ?? '')
      : encodeFieldsEnvelope(
          fields.map(({ kind, label }, index) => ({ kind, label, value: texts[index] ?? '' })),
        );
  } catch (error) {
    if (error instanceof ProtocolError) return { refusal: 'reply_too_large' };
    throw error;
  }
}
