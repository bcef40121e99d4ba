/** The recipients of a secret as a sender types them: one a line, in the sender's own words. */
import { fieldsLength, type Envelope } from '@/lib/protocol/envelope';
import type { RefusalCode } from '@/lib/refusal-code';
import { showsAll } from '@/lib/visible-text';
import { MAX_BYTES_FOR_ALL, MAX_RECIPIENT_LENGTH, MAX_RECIPIENTS } from './policy';

/** Empty lines don't count, and nobody counts twice: each gets one link. */
export function readRecipients(text: string): readonly string[] {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** Why these recipients would be refused; null if they are not. */
export function refusalOfRecipients(recipients: readonly string[]): RefusalCode | null {
  if (recipients.length > MAX_RECIPIENTS) return 'too_many_recipients';
  if (recipients.some((recipient) => recipient.length > MAX_RECIPIENT_LENGTH)) {
    return 'recipient_too_long';
  }
  return recipients.every(showsAll) ? null : 'text_hidden';
}

/** Whether there is room for a copy of a secret for each. */
export function fitsForAll(secret: Envelope, recipients: readonly string[]): boolean {
  if (recipients.length < 2) return true;
  const bytes =
    secret.kind === 'fields'
      ? fieldsLength(secret.fields)
      : new TextEncoder().encode(secret.text).length;
  return bytes * recipients.length <= MAX_BYTES_FOR_ALL;
}
