/** Mail of this process: what use cases call to say something by mail. */
import { accountsKey } from '@/lib/server/accounts/accounts-key';
import { database } from '../database';
import type { Prisma } from '../prisma-client/client';
import { settings } from '../settings';
import type { Mail } from './mail';
import { createMailQueue, type MailQueue, type QueueMailOptions } from './mail-queue';
import 'server-only';

function mailQueue(): MailQueue {
  return createMailQueue({
    client: database(),
    accountsKey,
    appUrl: settings().appUrl,
    isConfigured: isMailConfigured(),
  });
}

/** False where no SMTP server is set: then pages say where mail would have gone. */
export function isMailConfigured(): boolean {
  return settings().mail !== null;
}

/**
 * Queues a mail, durably; it goes out within moments, or is tried again for about a day.
 *
 * @throws DatabaseAway
 */
export function queueMail(
  mail: Mail,
  options?: QueueMailOptions,
): Promise<'queued' | 'not_configured'> {
  return mailQueue().queue(mail, options);
}

/**
 * Queues a mail within a transaction, for a notice that is to go out exactly once with the row
 * that it is about.
 */
export function queueMailIn(
  transaction: Prisma.TransactionClient,
  mail: Mail,
  options?: QueueMailOptions,
): Promise<'queued' | 'not_configured'> {
  return mailQueue().queueIn(transaction, mail, options);
}
