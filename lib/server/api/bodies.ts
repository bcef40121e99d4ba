/**
 * What is sent to the public interface and what it answers, as schemas: bodies are checked by them
 * for their types and names, answers have their types from them, and the document that describes the
 * interface is made of both. What a value must be to count is for the operation to say, whose own
 * schema reads it after these; patterns here only describe that.
 */
import { z } from 'zod';
import { SECRET_FIELD_KINDS } from '@/lib/protocol/envelope';
import { CLAIM_NONCE_BYTES, MAX_FIELDS, PROOF_BYTES, SALT_BYTES } from '@/lib/protocol/constants';
import type { RefusalCode } from '@/lib/refusal-code';
import { EXPIRY_CHOICES, MAX_NOTE_LENGTH, MAX_RECIPIENTS } from '@/lib/sealed/policy';

const base64url = (bytes: number, description: string) => ({
  description: `${description}; ${String(bytes)} bytes as base64url without padding`,
  pattern: `^[A-Za-z0-9_-]{${String(Math.ceil((bytes * 4) / 3))}}$`,
});

const longBase64url = (description: string) =>
  z.string().meta({
    description: `${description}, as base64url without padding`,
    pattern: '^[A-Za-z0-9_-]+$',
  });

const time = (description = 'When') =>
  z.string().meta({ description: `${description}: ISO 8601, UTC`, format: 'date-time' });

const EXPIRY_UNKNOWN: RefusalCode = 'expiry_unknown';

export const browserSeal = z.literal('browser');
export const serverSeal = z.literal('server');
const seal = z.enum(['browser', 'server']);

const linkToken = z.string().meta({ description: 'The token of the link: what follows /m/' });
export const requestToken = z
  .string()
  .meta({ description: 'The token of the request’s link: what follows /r/' });
const statusToken = z
  .string()
  .meta({ description: 'The token of the status link: what follows /s/' });
const knockProof = z.string().meta(base64url(PROOF_BYTES, 'Proves the link'));
const openProof = z.string().meta(base64url(PROOF_BYTES, 'Proves the link and the passphrase'));
const nonce = z
  .string()
  .meta(
    base64url(
      CLAIM_NONCE_BYTES,
      'Drawn at random by the client, which keeps it to ask again should the answer be lost',
    ),
  );
const passphrase = z.string().meta({ description: 'Left out or empty for none' }).optional();

/** Of Argon2id. */
const stretching = {
  salt: z.string().meta(base64url(SALT_BYTES, 'Of the passphrase')),
  memoryKiB: z.int(),
  passes: z.int(),
  lanes: z.int(),
};
const profile = z.enum(['verbatim', 'words']);

/* Secrets: what is sent. */

const terms = {
  expiresIn: z
    .string({ error: EXPIRY_UNKNOWN })
    .meta({ description: 'How long the link waits', enum: EXPIRY_CHOICES }),
  note: z
    .string()
    .meta({ description: 'For the sender alone', maxLength: MAX_NOTE_LENGTH })
    .optional(),
  recipients: z
    .array(z.string().refine((name) => !/[\r\n]/.test(name)))
    .meta({
      description: 'Names for the list of a sender with an account: one link for each',
      maxItems: MAX_RECIPIENTS,
    })
    .optional(),
  notifyWhenOpened: z
    .boolean()
    .meta({ description: 'A mail to a sender with an account' })
    .optional(),
};

const fields = z.array(
  z.strictObject({ kind: z.enum(SECRET_FIELD_KINDS), label: z.string(), value: z.string() }),
);

export const createInBrowser = z
  .strictObject({
    seal: browserSeal,
    copies: z
      .array(z.strictObject({ ciphertext: longBase64url('M1'), openProof, knockProof }))
      .min(1)
      .max(MAX_RECIPIENTS)
      .meta({ description: 'One for each recipient, each under a key (K0) of its own' }),
    lock: z
      .strictObject({ ...stretching, profile: profile.optional() })
      .meta({ description: 'With a passphrase: how it was stretched' })
      .optional(),
    ...terms,
  })
  .meta({ id: 'BrowserSealedSecret' });

export const createOnServer = z
  .strictObject({
    seal: serverSeal,
    secret: z.string().meta({ description: 'Either this …' }).optional(),
    fields: fields.meta({ description: '… or these', maxItems: MAX_FIELDS }).optional(),
    passphrase,
    ...terms,
  })
  .meta({ id: 'SecretToSeal' });

export const knockByBrowser = z
  .strictObject({ seal: browserSeal, token: linkToken, knockProof, nonce: nonce.optional() })
  .meta({ id: 'BrowserSealedKnock' });
export const knockAtServer = z
  .strictObject({ seal: serverSeal, token: linkToken })
  .meta({ id: 'ServerSealedKnock' });

export const claimByBrowser = z
  .strictObject({ seal: browserSeal, token: linkToken, knockProof, openProof, nonce })
  .meta({ id: 'BrowserSealedClaim' });
export const claimAtServer = z
  .strictObject({ seal: serverSeal, token: linkToken, nonce, passphrase })
  .meta({ id: 'ServerSealedClaim' });

export const acknowledgement = z.strictObject({ token: linkToken, nonce });

export const destroyByBrowser = z
  .strictObject({ seal: browserSeal, token: linkToken, knockProof })
  .meta({ id: 'BrowserSealedDestruction' });
export const destroyAtServer = z
  .strictObject({ seal: serverSeal, token: linkToken })
  .meta({ id: 'ServerSealedDestruction' });

export const byStatusToken = z.strictObject({ token: statusToken });

/* Secrets: what is answered. */

const ending = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('opened'), at: time() }),
    z.object({ kind: z.literal('expired'), at: time() }),
    z.object({
      kind: z.literal('burned'),
      by: z.enum(['sender', 'recipient', 'wrong_passphrases', 'restore']),
      at: time(),
    }),
  ])
  .meta({ id: 'Ending' });

export const created = z.object({
  links: z
    .array(
      z.object({
        link: z.string().meta({
          description: 'The link to send; with the browser seal the client appends # and K0',
        }),
        statusLink: z.string().meta({ description: 'For the sender alone' }),
        expiresAt: time('Until when it waits'),
        seal,
        hasPassphrase: z.boolean(),
        recipient: z.string().meta({ description: 'Empty for one without a name' }),
      }),
    )
    .meta({ description: 'One for each recipient, in their order' }),
});

const waiting = {
  expiresAt: time('Until when it waits'),
  triesLeft: z.int().nullable(),
};

export const knocked = z.union([
  z.object({
    ...waiting,
    seal: browserSeal,
    lock: z.object({ ...stretching, profile }).nullable(),
  }),
  z.object({ ...waiting, seal: serverSeal, needsPassphrase: z.boolean() }),
]);

export const claimed = z.union([
  z.object({
    seal: browserSeal,
    openedAt: time(),
    ciphertext: longBase64url('M1'),
  }),
  z.object({
    seal: serverSeal,
    openedAt: time(),
    secret: z.string().meta({ description: 'Either this …' }).optional(),
    fields: fields.meta({ description: '… or these' }).optional(),
  }),
]);

export const destroyed = z.object({ ending });

export const status = z.object({
  seal,
  note: z.string(),
  createdAt: time(),
  expiresAt: time('Until when it waits'),
  hasPassphrase: z.boolean(),
  wrongPassphrases: z.int(),
  ending: ending.nullable().meta({ description: 'null while it waits' }),
  isKeptClosed: z
    .boolean()
    .meta({ description: 'It waits and does not open: the database was restored' }),
});

/* Requests and replies. */

export const byRequestToken = z.strictObject({ token: requestToken });

export const asked = z.object({
  askedBy: z.string().nullable(),
  question: z.string(),
  fields: z.array(
    z.object({
      kind: z.enum(SECRET_FIELD_KINDS),
      label: z.string(),
      required: z.literal(true).optional(),
    }),
  ),
  readers: z.array(z.string()).meta({ description: 'Names of those who can read the reply' }),
  expiresAt: time('Until when it is open'),
  publicKey: longBase64url('X-Wing, 1,216 bytes: to be checked by the link’s fragment'),
});

export const replyInBrowser = z
  .strictObject({
    seal: browserSeal,
    token: requestToken,
    nonce,
    sealedReply: longBase64url('The sealed reply'),
  })
  .meta({ id: 'BrowserSealedReply' });

export const replyOnServer = z
  .strictObject({
    seal: serverSeal,
    token: requestToken,
    nonce,
    values: z
      .array(z.string())
      .min(1)
      .max(MAX_FIELDS)
      .meta({ description: 'In the order of the fields; one where none is asked for' }),
    mayBePartial: z.boolean().meta({ description: 'Fields are meant to be empty' }).optional(),
  })
  .meta({ id: 'ReplyToSeal' });

export const replied = z.object({
  statusLink: z.string().meta({ description: 'For the client alone' }),
  sentAt: time('When it came'),
  readers: z.array(z.string()),
  seal,
});

export const replyStatus = z.object({
  askedBy: z.string().nullable(),
  question: z.string(),
  seal,
  sentAt: time('When it came'),
  keepUntil: time('Read or not, it is erased then'),
  readers: z.array(z.object({ name: z.string(), since: z.string().nullable() })),
  ending: z
    .union([
      z.object({
        kind: z.literal('opened'),
        at: time(),
        by: z.string().nullable(),
      }),
      z.object({
        kind: z.literal('destroyed'),
        at: time(),
        by: z.enum(['client', 'restore', 'request_end']),
      }),
    ])
    .nullable()
    .meta({ description: 'null while it waits' }),
  isKeptClosed: z
    .boolean()
    .meta({ description: 'It waits and does not open: the database was restored' }),
});

export const problem = z
  .object({
    type: z.string().meta({ format: 'uri' }),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable: what a program goes by' }),
    field: z.string().meta({ description: 'What of the body it is about' }).optional(),
    ending: ending.optional(),
    triesLeft: z.int().optional(),
  })
  .meta({ id: 'Problem' });
