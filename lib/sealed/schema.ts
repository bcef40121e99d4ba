/**
 * The forms, as schemas composed from named atoms. Browser and server use the
 * same ones. A message of an atom is a `RefusalCode`: the words come from
 * `messages/`. Every value is a string: an array, an object or a file was
 * refused before (see `readForm`).
 */
import { z } from 'zod';
import { decodeBase64url, toKnockProof, toOpenProof } from '@/lib/protocol/bytes';
import { checkCiphertextLength } from '@/lib/protocol/envelope';
import { CLAIM_NONCE_BYTES, MAX_SECRET_BYTES, PROOF_BYTES } from '@/lib/protocol/constants';
import { ProtocolError } from '@/lib/protocol/errors';
import { normalizePassphrase } from '@/lib/protocol/passphrase';
import type { RefusalCode } from '@/lib/refusal-code';
import { showsAll } from '@/lib/visible-text';
import { withUnixLineEnds } from '@/lib/secrets/field-rules';
import { EXPIRY_CHOICES, MAX_NOTE_LENGTH, type ExpiresIn } from './policy';

const refusal = (code: RefusalCode): RefusalCode => code;

/** UTF-8 bytes of a text, as the limit on a secret counts them. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

export const secretText = z
  .string({ error: refusal('secret_missing') })
  .transform(withUnixLineEnds)
  .refine((text) => text.trim() !== '', { error: refusal('secret_missing') })
  .refine((text) => utf8Length(text) <= MAX_SECRET_BYTES, { error: refusal('secret_too_large') });

/** A list that came as JSON, as what `schema` takes. */
export function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string({ error: refusal('input_malformed') })
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: refusal('input_malformed') });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

export const expiresIn = z
  .string({ error: refusal('expiry_unknown') })
  .refine((text): text is ExpiresIn => EXPIRY_CHOICES.some((choice) => choice === text), {
    error: refusal('expiry_unknown'),
  });

/** One that is tried, up to the protocol's own limit; a new one keeps stricter rules. */
const enteredPassphrase = z
  .string({ error: refusal('input_malformed') })
  .refine((text) => text === '' || isAccepted(() => normalizePassphrase(text, 'verbatim')), {
    error: refusal('passphrase_too_long'),
  })
  .default('');

export const note = z
  .string({ error: refusal('input_malformed') })
  .transform((text) => withUnixLineEnds(text).trim())
  .refine((text) => text.length <= MAX_NOTE_LENGTH, { error: refusal('note_too_long') })
  .refine((text) => !text.includes('\0'), { error: refusal('input_malformed') })
  .refine(showsAll, { error: refusal('text_hidden') })
  .default('');

/** Canonical base64url of exactly `length` bytes, as bytes. */
export function bytesOf(length: number) {
  return z.string({ error: refusal('input_malformed') }).transform((text, context) => {
    try {
      return decodeBase64url(text, length);
    } catch (error) {
      return refuse(error, context);
    }
  });
}

export function refuse(error: unknown, context: z.RefinementCtx): typeof z.NEVER {
  if (!(error instanceof ProtocolError)) throw error;
  context.addIssue({ code: 'custom', message: refusal('input_malformed') });
  return z.NEVER;
}

export const wholeNumber = z
  .string()
  .regex(/^[1-9]\d{0,9}$/, refusal('input_malformed'))
  .transform(Number);

export const ciphertext = z
  .string({ error: refusal('input_malformed') })
  .transform((text, context) => {
    try {
      const bytes = decodeBase64url(text);
      checkCiphertextLength(bytes);
      return bytes;
    } catch (error) {
      return refuse(error, context);
    }
  });

/** Any text: what is not a token simply fits no key. The bound spares the keys absurd inputs. */
export const token = z
  .string({ error: refusal('link_incomplete') })
  .max(200, refusal('link_incomplete'));

export const knockProof = bytesOf(PROOF_BYTES).transform(toKnockProof);

export const openProof = bytesOf(PROOF_BYTES).transform(toOpenProof);

export const nonce = z
  .string({ error: refusal('input_malformed') })
  .refine((text) => isAccepted(() => decodeBase64url(text, CLAIM_NONCE_BYTES)), {
    error: refusal('input_malformed'),
  });

function isAccepted(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}

/**
 * A form without the pressed button's `intent` opens at most, and opens nothing
 * without the box ticked: a scanner that submits forms as they stand gets neither.
 */
export const openForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('ask'), token }),
  z.object({ intent: z.literal('destroy'), token }),
  z.object({
    intent: z.literal('open').default('open'),
    token,
    nonce,
    passphrase: enteredPassphrase,
    show: z.literal('yes', { error: refusal('show_unconfirmed') }),
  }),
]);

/** Of what is only looked at. */
export const tokenForm = z.object({ token });

export const knockForm = z.object({ token, knockProof, nonce: nonce.optional() });

export const claimForm = z.object({ token, knockProof, openProof, nonce });

export const acknowledgeForm = z.object({ token, nonce });

export const destroyBrowserSealedForm = z.object({ token, knockProof });

/** What destroys at once. Anything else, such as `ask`, is answered with the question. */
export const destroyIntent = z.literal('destroy', { error: refusal('destroy_unconfirmed') });

export const statusForm = z.object({ token, intent: destroyIntent });

export const destroySentForm = z.object({ token, intent: destroyIntent });
