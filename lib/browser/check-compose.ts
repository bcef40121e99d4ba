/**
 * The checks of the compose form that need no server, so that nothing is sent
 * that would be refused: the same limits, the same codes.
 */
import type { FieldErrors } from '@/lib/messages/outcomes';
import { MAX_NOTE_LENGTH } from '@/lib/messages/policy';
import { MAX_SECRET_BYTES } from '@/lib/protocol/constants';
import type { Envelope } from '@/lib/protocol/envelope';
import type { SecretField } from '@/lib/protocol/secret-fields';
import { refusalOfFields } from '@/lib/secrets/field-rules';
import { withUnixLineEnds } from '@/lib/secrets/line-ends';
import { fitsAsPassphrase } from './check-passphrase';

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
  };
}

/** The fields that would be refused; empty if none. */
export function checkCompose({ secret, passphrase, note }: ComposeValues): FieldErrors {
  return {
    ...secretError(secret),
    ...(passphrase === '' || fitsAsPassphrase(passphrase)
      ? {}
      : { passphrase: 'passphrase_too_long' }),
    ...(note.trim().length > MAX_NOTE_LENGTH ? { note: 'note_too_long' } : {}),
  };
}

function secretError(secret: Envelope): FieldErrors {
  if (secret.kind === 'fields') {
    const refusal = refusalOfFields(secret.fields);
    return refusal === null ? {} : { fields: refusal };
  }
  if (secret.text.trim() === '') return { secret: 'secret_missing' };
  return countBytes(secret.text) > MAX_SECRET_BYTES ? { secret: 'secret_too_large' } : {};
}
