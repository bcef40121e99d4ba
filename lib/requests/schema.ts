/**
 * The forms of requests, composed from named atoms. Browser and server use the
 * same ones; a message is a `RefusalCode`. Lists travel as JSON in one field.
 */
import { z } from 'zod';
import { bytesOf, destroyIntent, expiresIn, json, nonce, token } from '@/lib/sealed/schema';
import { decodeBase64url } from '@/lib/protocol/bytes';
import { MAX_FIELDS, SHA256_BYTES, X_WING_PUBLIC_KEY_BYTES } from '@/lib/protocol/constants';
import { ProtocolError } from '@/lib/protocol/errors';
import { checkReplyLength } from '@/lib/protocol/envelope';
import { readHeader, type SealedSeedKind } from '@/lib/protocol/request';
import type { RefusalCode } from '@/lib/refusal-code';
import { showsAll } from '@/lib/visible-text';
import { fieldValueName, type FieldValueName, withUnixLineEnds } from '@/lib/secrets/field-rules';
import { fieldDefinitions, fieldValues } from '@/lib/secrets/schema';
import { MAX_QUESTION_LENGTH, MAX_READERS, MAX_REPLIES } from './policy';

const refusal = (code: RefusalCode): RefusalCode => code;

const malformed = { error: refusal('input_malformed') };

export const question = z
  .string({ error: refusal('question_missing') })
  .transform((text) => withUnixLineEnds(text).trim())
  .refine((text) => text !== '', { error: refusal('question_missing') })
  .refine((text) => text.length <= MAX_QUESTION_LENGTH, { error: refusal('question_too_long') })
  .refine((text) => !text.includes('\0'), malformed)
  .refine(showsAll, { error: refusal('text_hidden') });

/** All of a sealed seed that a server can check. What version 1 sealed proves nothing: no more of it. */
function sealedSeed(...kinds: readonly SealedSeedKind[]) {
  return z.string(malformed).transform((text, context) => {
    try {
      const bytes = decodeBase64url(text);
      const kind = readHeader(bytes)?.header.kind;
      if (kind !== undefined && kinds.includes(kind)) return bytes;
      throw new ProtocolError('bad_version');
    } catch (error) {
      return refuse(error, context);
    }
  });
}

/** In one spelling: what is compared here is compared again by the database. */
const accountId = z.uuid(malformed).toLowerCase();

/** Of the reader's vault's public key. */
const sealedFor = bytesOf(SHA256_BYTES);

const newReaders = z
  .array(
    z.object({
      accountId,
      sealedSeed: sealedSeed('own', 'shared'),
      sealedFor,
      isTold: z.boolean(malformed),
    }),
    malformed,
  )
  .min(1, refusal('input_malformed'))
  .max(MAX_READERS, refusal('too_many_readers'))
  .refine(
    (readers) => new Set(readers.map(({ accountId }) => accountId)).size === readers.length,
    malformed,
  );

const repliesAllowed = z
  .string({ error: refusal('replies_out_of_range') })
  .regex(/^[1-9]\d?$/, refusal('replies_out_of_range'))
  .transform(Number)
  .refine((count) => count <= MAX_REPLIES, { error: refusal('replies_out_of_range') });

/** What the client reads, and the link authenticates. */
export const requestTerms = z.object({ question, fields: fieldDefinitions });

/** What a person fills in: also what the browser checks before it makes any keys. */
export const newRequestFields = requestTerms.extend({ expiresIn, repliesAllowed });

/** 16 hex digits: a row as the addresses of staff pages name it. */
const rowId = z.string(malformed).regex(/^[0-9a-f]{16}$/, refusal('input_malformed'));

export const createForm = newRequestFields.extend({
  request: rowId,
  publicKey: bytesOf(X_WING_PUBLIC_KEY_BYTES),
  readers: json(newReaders),
});

const sealedReply = z.string(malformed).transform((text, context) => {
  try {
    const bytes = decodeBase64url(text);
    checkReplyLength(bytes);
    return bytes;
  } catch (error) {
    return refuse(error, context);
  }
});

export const sealedReplyForm = z.object({ token, nonce, sealedReply });

/** Without a script: the values as they were typed, each in its own control. */
export const plainReplyForm = z
  .object({ token, nonce, mayBePartial: z.literal('yes', malformed).optional(), ...fieldValues })
  .transform((form) => ({
    token: form.token,
    nonce: form.nonce,
    values: valuesIn(form),
    mayBePartial: form.mayBePartial === 'yes',
  }));

function valuesIn(form: Readonly<Partial<Record<FieldValueName, string>>>): string[] {
  return Array.from({ length: MAX_FIELDS }, (_, index) => form[fieldValueName(index)] ?? '');
}

export const replyStatusForm = z.object({ token, intent: destroyIntent });

export const requestForm = z.object({ request: rowId });

export const extendForm = z.object({ request: rowId, expiresIn });

/** Whether a reader is told of replies. */
const isTold = z.enum(['yes', 'no'], malformed).transform((answer) => answer === 'yes');

export const addReaderForm = z.object({
  request: rowId,
  accountId,
  sealedSeed: sealedSeed('shared'),
  sealedFor,
  isTold,
});

export const keepSeedForm = z.object({ request: rowId, sealedSeed: sealedSeed('own') });

export const noticeForm = z.object({ request: rowId, isTold });

export const removeReaderForm = z.object({ request: rowId, accountId });

export const claimReplyForm = z.object({ request: rowId, reply: rowId, nonce });

function refuse(error: unknown, context: z.RefinementCtx): typeof z.NEVER {
  if (!(error instanceof ProtocolError)) throw error;
  const isTooLarge = error.code === 'too_large';
  context.addIssue({
    code: 'custom',
    message: refusal(isTooLarge ? 'reply_too_large' : 'input_malformed'),
  });
  return z.NEVER;
}
