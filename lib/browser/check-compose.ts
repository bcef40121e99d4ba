/**
 * The checks of the compose form that need no server, so that nothing is sent
 * that would be refused: the same limits, the same codes.
 */
import type { FieldErrors } from '@/lib/messages/outcomes';
import { refusalOfNewPassphrase } from '@/lib/messages/new-passphrase';
import { MAX_NOTE_LENGTH } from '@/lib/messages/policy';
import { fitsForAll, readRecipients, refusalOfRecipients } from '@/lib/messages/recipients';
import { MAX_SECRET_BYTES } from '@/lib/protocol/constants';
import type { Envelope } from '@/lib/protocol/envelope';
import type { SecretField } from '@/lib/protocol/secret-fields';
import type { RefusalCode } from '@/lib/refusal-code';
import { refusalOfFields } from '@/lib/secrets/field-rules';
import { withUnixLineEnds } from '@/lib/secrets/line-ends';
import { showsAll } from '@/lib/visible-text';

/** UTF-8 bytes of a text, as the limit on a secret counts them. */
export function countBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

export interface ComposeValues {
  readonly secret: Envelope;
  readonly expiresIn: string;
  readonly passphrase: string;
  readonly note: string;
  readonly encrypt: string;
  /** One a line. */
  readonly recipients: string;
  readonly notifyWhenOpened: boolean;
}

/**
 * The form's fields as strings, '' where there is none.
 *
 * @param fields the secret, where it is written as fields; null where it is the form's text
 */
export function readComposeForm(
  form: FormData,
  fields: readonly SecretField[] | null,
): ComposeValues {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    secret:
      fields === null
        ? { kind: 'text', text: withUnixLineEnds(text('secret')) }
        : { kind: 'fields', fields },
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
  const wrongPassphrase = passphrase === '' ? null : refusalOfNewPassphrase(passphrase);
  const wrongRecipients = refusalOfRecipients(recipients);
  return {
    ...secretError(values.secret, recipients),
    ...(wrongPassphrase === null ? {} : { passphrase: wrongPassphrase }),
    ...noteError(note.trim()),
    ...(wrongRecipients === null ? {} : { recipients: wrongRecipients }),
  };
}

function noteError(note: string): FieldErrors {
  if (note.length > MAX_NOTE_LENGTH) return { note: 'note_too_long' };
  return showsAll(note) ? {} : { note: 'text_hidden' };
}

function secretError(secret: Envelope, recipients: readonly string[]): FieldErrors {
  const field = secret.kind === 'fields' ? 'fields' : 'secret';
  const refusal =
    secret.kind === 'fields' ? refusalOfFields(secret.fields) : refusalOf(secret.text);
  if (refusal !== null) return { [field]: refusal };
  return fitsForAll(secret, recipients) ? {} : { [field]: 'secret_too_large_for_all' };
}

function refusalOf(text: string): RefusalCode | null {
  if (text.trim() === '') return 'secret_missing';
  return countBytes(text) > MAX_SECRET_BYTES ? 'secret_too_large' : null;
}
