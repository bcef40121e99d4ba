/**
 * The checks of the compose form that need no server, so that nothing is sent
 * that would be refused: the same limits, the same codes.
 */
import { refusalOfNewPassphrase } from '@/lib/sealed/new-passphrase';
import type { FieldErrors } from '@/lib/sealed/outcomes';
import { MAX_NOTE_LENGTH } from '@/lib/sealed/policy';
import { fitsForAll, readRecipients, refusalOfRecipients } from '@/lib/sealed/recipients';
import { MAX_SECRET_BYTES } from '@/lib/protocol/constants';
import type { Envelope, SecretField } from '@/lib/protocol/envelope';
import type { RefusalCode } from '@/lib/refusal-code';
import { refusalOfFields, withUnixLineEnds } from '@/lib/secrets/field-rules';
import { showsAll } from '@/lib/visible-text';

/** UTF-8 bytes of a text, as the limit on a secret counts them. */
export function countBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** How a secret is sent. */
interface Terms {
  readonly expiresIn: string;
  readonly note: string;
  /** One a line, for a sender who has a list; '' otherwise. */
  readonly recipients: string;
  readonly notifyWhenOpened: boolean;
}

export interface SecretToSend extends Terms {
  readonly secret: Envelope;
  /** '' for none */
  readonly passphrase: string;
}

export interface ComposeValues extends SecretToSend {
  readonly encrypt: string;
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

/** What the server is told of a secret, whichever side seals it. */
export function formOfTerms({ expiresIn, note, recipients, notifyWhenOpened }: Terms): FormData {
  const form = new FormData();
  form.set('expiresIn', expiresIn);
  form.set('note', note);
  if (recipients !== '') form.set('recipients', recipients);
  if (notifyWhenOpened) form.set('notifyWhenOpened', 'yes');
  return form;
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

const KIB = 1024;
const MIB = KIB * KIB;

/** '812 KiB' or '1.34 MiB': rounded up, so that what is too large never looks as if it fitted. */
export function formatBytes(bytes: number): string {
  if (bytes < MIB) return `${Math.ceil(bytes / KIB)} KiB`;
  return `${(Math.ceil((bytes / MIB) * 100) / 100).toFixed(2)} MiB`;
}
