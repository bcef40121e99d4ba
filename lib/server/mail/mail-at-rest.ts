/**
 * A mail while it waits in the database: encrypted, since its link may be all
 * that it takes to make an account or set a password, and a copy of the
 * database must not be enough for either.
 */
import { z } from 'zod';
import { decryptGcm, encryptGcm } from '@/lib/protocol/aes-gcm';
import { decodeBase64url, encodeBase64url } from '@/lib/protocol/base64url';
import { concatBytes, randomBytes, utf8 } from '@/lib/protocol/bytes';
import { IV_BYTES } from '@/lib/protocol/constants';
import { mailSchema, type Mail } from './mail';
import 'server-only';

/** A mail with the id under which every try to deliver it is the same one to its recipient. */
export interface QueuedMail {
  /** UUID */
  readonly id: string;
  readonly mail: Mail;
}

const queuedSchema = z.strictObject({ id: z.uuid(), mail: mailSchema });

/** IV (12 bytes) ‖ ciphertext ‖ tag, as base64url. */
const payloadSchema = z.strictObject({ version: z.literal(1), sealed: z.string() });

/** What the queue stores. */
export type MailPayload = z.output<typeof payloadSchema>;

const ASSOCIATED_DATA = utf8('sealpost v1 queued mail');

/** @param key 32 bytes, of the accounts key's purpose 'mail' */
export async function sealMail(
  key: Uint8Array<ArrayBuffer>,
  queued: QueuedMail,
): Promise<MailPayload> {
  const iv = randomBytes(IV_BYTES);
  const ciphertext = await encryptGcm(
    { key, iv, associatedData: ASSOCIATED_DATA },
    utf8(JSON.stringify(queued)),
  );
  return { version: 1, sealed: encodeBase64url(concatBytes(iv, ciphertext)) };
}

/**
 * @throws ProtocolError bad_ciphertext for a payload under another key, or altered; ZodError for
 * one of another version
 */
export async function openMail(
  key: Uint8Array<ArrayBuffer>,
  payload: unknown,
): Promise<QueuedMail> {
  const bytes = decodeBase64url(payloadSchema.parse(payload).sealed);
  const content = await decryptGcm(
    { key, iv: bytes.slice(0, IV_BYTES), associatedData: ASSOCIATED_DATA },
    bytes.slice(IV_BYTES),
  );
  return queuedSchema.parse(JSON.parse(new TextDecoder().decode(content)));
}
