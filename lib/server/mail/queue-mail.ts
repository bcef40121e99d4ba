/**
 * The queue of mail: one table in the app's own database (schema `graphile_worker`), so that a mail is
 * queued in the transaction of the rows that it is about, both or neither. Any instance delivers it
 * (`mail-worker.ts`). While it waits it is encrypted, since its link may be all that it takes to make
 * an account or set a password, and a copy of the database must not be enough for either.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { decodeBase64url, encodeBase64url, utf8 } from '@/lib/protocol/bytes';
import { decryptGcm, encryptGcm } from '@/lib/protocol/primitives';
import { accountsKey } from '@/lib/server/accounts/accounts-key';
import { log } from '../log';
import { Prisma } from '../prisma-client/client';
import { settings } from '../settings';
import { execute, type Database } from '../sql';
import { checkMail, mailSchema, type Mail } from './mail';
import 'server-only';

/** What a job of the queue is called that delivers a mail. */
export const MAIL_TASK = 'mail';
/** Tries, further and further apart: the last one about 22 hours after the first. */
export const MAX_TRIES = 13;
/** Far longer than a try takes: an instance that holds a mail that long was killed. */
const ABANDONED_AFTER = '10 minutes';

/**
 * Queues a mail, durably, with the rows that it is about: it is sent if and only if their transaction
 * commits. It goes out within moments, or is tried again for about a day. Where no SMTP server is set
 * nothing is queued, and pages show links instead.
 *
 * @throws Error for a mail that may not be sent (see `checkMail`); DatabaseAway
 */
export async function queueMail(
  transaction: Prisma.TransactionClient,
  mail: Mail,
): Promise<'queued' | 'not_configured'> {
  const { appUrl, mail: sending } = settings();
  const checked = checkMail(mail, appUrl);
  if (sending === null) return 'not_configured';
  const payload = await sealMail(await accountsKey('mail'), { id: randomUUID(), mail: checked });
  await execute(
    transaction,
    Prisma.sql`
      SELECT id FROM graphile_worker.add_job(
        identifier => ${MAIL_TASK}::text,
        payload => ${JSON.stringify(payload)}::json,
        max_attempts => ${MAX_TRIES}::int)`,
  );
  return 'queued';
}

/**
 * Gives mail back to the queue that a killed instance had taken, and drops what was on its last
 * try then.
 */
export async function tidyMailQueue(database: Database): Promise<void> {
  await execute(
    database,
    Prisma.sql`
      SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT locked_by))
      FROM graphile_worker.jobs
      WHERE task_identifier = ${MAIL_TASK}::text
        AND locked_at < now() - ${ABANDONED_AFTER}::text::interval`,
  );
  const dropped = await execute(
    database,
    Prisma.sql`
      SELECT id FROM graphile_worker.complete_jobs(ARRAY(
        SELECT id FROM graphile_worker.jobs
        WHERE task_identifier = ${MAIL_TASK}::text AND locked_at IS NULL
          AND attempts >= max_attempts))`,
  );
  if (dropped > 0) log.error('mail_given_up', { code: 'abandoned', count: dropped });
}

/** A mail with the id (UUID) under which every try to deliver it is the same one to its recipient. */
const queuedSchema = z.strictObject({ id: z.uuid(), mail: mailSchema });

type QueuedMail = z.output<typeof queuedSchema>;

/** What the queue stores. Sealed: IV (12 bytes) ‖ ciphertext ‖ tag, as base64url. */
const payloadSchema = z.strictObject({ version: z.literal(1), sealed: z.string() });

const ASSOCIATED_DATA = utf8('sealpost v1 queued mail');

/** @param key 32 bytes, of the accounts key's purpose 'mail' */
export async function sealMail(
  key: Uint8Array<ArrayBuffer>,
  queued: QueuedMail,
): Promise<z.output<typeof payloadSchema>> {
  const sealed = await encryptGcm(
    { key, associatedData: ASSOCIATED_DATA },
    utf8(JSON.stringify(queued)),
  );
  return { version: 1, sealed: encodeBase64url(sealed) };
}

/**
 * @throws ProtocolError bad_ciphertext for a payload under another key, or altered; ZodError for
 * one of another version
 */
export async function openMail(
  key: Uint8Array<ArrayBuffer>,
  payload: unknown,
): Promise<QueuedMail> {
  const sealed = decodeBase64url(payloadSchema.parse(payload).sealed);
  const content = await decryptGcm({ key, associatedData: ASSOCIATED_DATA }, sealed);
  return queuedSchema.parse(JSON.parse(new TextDecoder().decode(content)));
}
