import type { Envelope } from '@/lib/protocol/envelope';

export function text(content: string): Envelope {
  return { kind: 'text', text: content };
}

/** The text of an envelope that must hold one. */
export function textOf(envelope: Envelope): string {
  if (envelope.kind !== 'text') throw new Error('an envelope of fields, not of text');
  return envelope.text;
}
