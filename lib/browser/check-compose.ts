/**
 * The checks of the compose form that need no server, so that nothing is sent
 * that would be refused: the same limits, the same codes.
 */
import type { FieldErrors } from '@/lib/messages/outcomes';
import { MAX_NOTE_LENGTH } from '@/lib/messages/policy';
import { fitsForAll, readRecipients, refusalOfRecipients } from '@/lib/messages/recipients';
import { MAX_SECRET_BYTES } from '@/lib/protocol/constants';
import { fitsAsPassphrase } from './check-passphrase';

/** UTF-8 bytes of a text, as the limit on a secret counts them. */
export function countBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

export interface ComposeValues {
  readonly secret: string;
  readonly expiresIn: string;
  readonly passphrase: string;
  readonly note: string;
  readonly encrypt: string;
  /** One a line. */
  readonly recipients: string;
  readonly notifyWhenOpened: boolean;
}

/** The form's fields as strings, '' where there is none. */
export function readComposeForm(form: FormData): ComposeValues {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    secret: text('secret').replace(/\r\n?/g, '\n'),
    expiresIn: text('expiresIn'),
    passphrase: text('passphrase'),
    note: text('note'),
    encrypt: text('encrypt'),
    recipients: text('recipients'),
    notifyWhenOpened: text('notifyWhenOpened') === 'yes',
  };
}

/** The fields that would be refused; empty if none. */
export function checkCompose(values: ComposeValues): FieldErrors {
  const { passphrase, note } = values;
  const recipients = readRecipients(values.recipients);
  const wrongRecipients = refusalOfRecipients(recipients);
  return {
    ...secretError(values.secret, recipients),
    ...(passphrase === '' || fitsAsPassphrase(passphrase)
      ? {}
      : { passphrase: 'passphrase_too_long' }),
    ...(note.trim().length > MAX_NOTE_LENGTH ? { note: 'note_too_long' } : {}),
    ...(wrongRecipients === null ? {} : { recipients: wrongRecipients }),
  };
}

function secretError(secret: string, recipients: readonly string[]): FieldErrors {
  if (secret.trim() === '') return { secret: 'secret_missing' };
  const bytes = countBytes(secret);
  if (bytes > MAX_SECRET_BYTES) return { secret: 'secret_too_large' };
  return fitsForAll(bytes, recipients) ? {} : { secret: 'secret_too_large_for_all' };
}
