/** The recipients of a secret as a sender types them: one a line, in the sender's own words. */
import type { RefusalCode } from '@/lib/refusal-code';
import { MAX_BYTES_FOR_ALL, MAX_RECIPIENT_LENGTH, MAX_RECIPIENTS } from './policy';

/** Empty lines don't count, and nobody counts twice: each gets one link. */
export function readRecipients(text: string): readonly string[] {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** Why these recipients would be refused; null if they are not. */
export function refusalOfRecipients(recipients: readonly string[]): RefusalCode | null {
  if (recipients.length > MAX_RECIPIENTS) return 'too_many_recipients';
  return recipients.some((recipient) => recipient.length > MAX_RECIPIENT_LENGTH)
    ? 'recipient_too_long'
    : null;
}

/** Whether there is room for a copy of a secret for each. @param bytes of the secret, as UTF-8 */
export function fitsForAll(bytes: number, recipients: readonly string[]): boolean {
  return recipients.length < 2 || bytes * recipients.length <= MAX_BYTES_FOR_ALL;
}
