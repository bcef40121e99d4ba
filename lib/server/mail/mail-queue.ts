/**
 * The queue of mail: one table in the app's own database (schema
 * `graphile_worker`), so that a mail can be queued in the transaction of the
 * row that it is about, both or neither. Any instance delivers it.
 */
import { randomUUID } from 'node:crypto';
import type { AccountsKey } from '@/lib/server/accounts/accounts-key';
import { guarded } from '../database-errors';
import type { Prisma, PrismaClient } from '../prisma-client/client';
import { checkMail, type Mail } from './mail';
import { sealMail } from './mail-at-rest';
import { MAIL_TASK } from './queue-names';
import 'server-only';

/** Tries, further and further apart: the last one about 22 hours after the first. */
export const MAX_TRIES = 13;

export interface QueueMailOptions {
  /**
   * While a mail with this key waits, another one is not queued. It is stored in clear, so it
   * names a row and nothing else; at most 512 characters.
   */
  readonly onceKey?: string;
}

export interface MailQueue {
  /** False where no SMTP server is set: then nothing is queued, and pages show links instead. */
  readonly isConfigured: boolean;
  /** @throws DatabaseAway */
  queue(mail: Mail, options?: QueueMailOptions): Promise<'queued' | 'not_configured'>;
  /** Queues within a transaction: the mail is sent if and only if that commits. */
  queueIn(
    transaction: Prisma.TransactionClient,
    mail: Mail,
    options?: QueueMailOptions,
  ): Promise<'queued' | 'not_configured'>;
}

export interface MailQueueParts {
  readonly client: PrismaClient;
  readonly accountsKey: AccountsKey;
  readonly appUrl: URL;
  readonly isConfigured: boolean;
}

export function createMailQueue(parts: MailQueueParts): MailQueue {
  const { client, accountsKey, appUrl, isConfigured } = parts;
  const queueIn: MailQueue['queueIn'] = async (transaction, mail, { onceKey = null } = {}) => {
    const checked = checkMail(mail, appUrl);
    if (!isConfigured) return 'not_configured';
    const payload = await sealMail(await accountsKey('mail'), { id: randomUUID(), mail: checked });
    await transaction.$queryRaw`
      SELECT id::text FROM graphile_worker.add_job(
        identifier => ${MAIL_TASK}::text,
        payload => ${JSON.stringify(payload)}::json,
        max_attempts => ${MAX_TRIES}::int,
        job_key => ${onceKey}::text,
        job_key_mode => 'unsafe_dedupe')`;
    return 'queued';
  };
  return {
    isConfigured,
    queueIn,
    queue: (mail, options) => guarded(() => queueIn(client, mail, options)),
  };
}
