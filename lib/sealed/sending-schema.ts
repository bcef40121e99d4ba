/** The forms with which a secret is sent, composed from the atoms of `schema.ts`. */
import { z } from 'zod';
import { SALT_BYTES } from '@/lib/protocol/constants';
import type { Envelope, SecretField } from '@/lib/protocol/envelope';
import { checkPassphraseLock, type PassphraseLock } from '@/lib/protocol/passphrase';
import type { RefusalCode } from '@/lib/refusal-code';
import { secretFields } from '@/lib/secrets/schema';
import { refusalOfNewPassphrase } from './new-passphrase';
import { MAX_RECIPIENTS } from './policy';
import { fitsForAll, readRecipients, refusalOfRecipients } from './recipients';
import {
  bytesOf,
  ciphertext,
  expiresIn,
  json,
  knockProof,
  note,
  openProof,
  refuse,
  secretText,
  wholeNumber,
} from './schema';

const refusal = (code: RefusalCode): RefusalCode => code;

export const newPassphrase = z
  .string({ error: refusal('input_malformed') })
  .transform((text, context) => {
    const code = text === '' ? null : refusalOfNewPassphrase(text);
    if (code !== null) context.addIssue({ code: 'custom', message: code });
    return text;
  })
  .default('');

const recipients = z
  .string({ error: refusal('input_malformed') })
  .refine((text) => !text.includes('\0'), { error: refusal('input_malformed') })
  .transform((text, context) => {
    const read = readRecipients(text);
    const code = refusalOfRecipients(read);
    if (code !== null) context.addIssue({ code: 'custom', message: code });
    return read;
  })
  .default([]);

/** What only staff can ask for. */
const sendingFields = {
  recipients,
  notifyWhenOpened: z
    .literal('yes', { error: refusal('input_malformed') })
    .optional()
    .transform((ticked) => ticked === 'yes'),
};

/** The secret comes as one text or, from a script, as `fields`; never as both. */
export const composeForm = z
  .object({
    secret: secretText.optional(),
    fields: secretFields.optional(),
    expiresIn,
    passphrase: newPassphrase,
    note,
    ...sendingFields,
  })
  .transform(({ secret: text, fields, ...rest }, context) => {
    const secret = envelopeOf(text, fields);
    const code = secret === null ? whyNoSecret(text) : refusalOfCopies(secret, rest.recipients);
    if (secret !== null && code === null) return { ...rest, secret };
    const path = [secret?.kind === 'fields' ? 'fields' : 'secret'];
    context.addIssue({ code: 'custom', path, message: code ?? refusal('input_malformed') });
    return z.NEVER;
  });

function envelopeOf(
  text: string | undefined,
  fields: readonly SecretField[] | undefined,
): Envelope | null {
  if (fields === undefined) return text === undefined ? null : { kind: 'text', text };
  return text === undefined ? { kind: 'fields', fields } : null;
}

function whyNoSecret(text: string | undefined): RefusalCode {
  return text === undefined ? 'secret_missing' : 'input_malformed';
}

function refusalOfCopies(secret: Envelope, to: readonly string[]): RefusalCode | null {
  return fitsForAll(secret, to) ? null : 'secret_too_large_for_all';
}

const lockFields = {
  salt: bytesOf(SALT_BYTES).optional(),
  memoryKiB: wholeNumber.optional(),
  passes: wholeNumber.optional(),
  lanes: wholeNumber.optional(),
  profile: z.enum(['verbatim', 'words'], refusal('input_malformed')).optional(),
};

type LockFields = z.output<z.ZodObject<typeof lockFields>>;

/** Salt and cost, all four, or none; the profile only with them, and verbatim where it is not named. */
function withLock<Rest>(
  { salt, memoryKiB, passes, lanes, profile, ...rest }: LockFields & Rest,
  context: z.RefinementCtx,
) {
  if ([salt, memoryKiB, passes, lanes, profile].every((part) => part === undefined)) {
    return { ...rest, lock: null };
  }
  try {
    const lock: PassphraseLock = checkPassphraseLock({
      profile: profile ?? 'verbatim',
      salt: salt ?? new Uint8Array(),
      memoryKiB: memoryKiB ?? 0,
      passes: passes ?? 0,
      lanes: lanes ?? 0,
    });
    return { ...rest, lock };
  } catch (error) {
    return refuse(error, context);
  }
}

/** Counted before any copy is looked at: a million of them must not cost a million checks. */
const copies = json(
  z
    .array(z.unknown(), refusal('input_malformed'))
    .max(MAX_RECIPIENTS, refusal('input_malformed'))
    .pipe(z.array(z.object({ ciphertext, openProof, knockProof }, refusal('input_malformed')))),
);

/** One copy for each recipient, in their order; one for a recipient without a name. */
export const browserSealedForm = z
  .object({ copies, expiresIn, note, ...sendingFields, ...lockFields })
  .refine((form) => form.copies.length === Math.max(1, form.recipients.length), {
    error: refusal('input_malformed'),
  })
  .transform(withLock);
