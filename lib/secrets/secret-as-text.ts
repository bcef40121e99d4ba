import type { Envelope } from '@/lib/protocol/envelope';

/** A secret as one text: as it is, or field by field as lines of `Label: value`. */
export function secretAsText(secret: Envelope): string {
  if (secret.kind === 'text') return secret.text;
  return secret.fields.map(({ label, value }) => `${label}: ${value}`).join('\n');
}
