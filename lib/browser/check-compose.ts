/**
 * The checks of the compose form that need no server, so that nothing is sent
 * that would be refused: the same limits, the same codes.
 */
import type { FieldErrors } from '@/lib/messages/outcomes';
import { MAX_NOTE_LENGTH } from '@/lib/messages/policy';
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

function secretError(secret: string): FieldErrors {
  if (secret.trim() === '') return { secret: 'secret_missing' };
  return countBytes(secret) > MAX_SECRET_BYTES ? { secret: 'secret_too_large' } : {};
}
