/**
 * One try to deliver one mail of the queue. It ends in one of four ways: sent;
 * too late to be of use; put back for another try; dropped after the last one.
 * What the server answered may quote an address, so only its code goes on.
 */
import type { Task, TaskList } from 'graphile-worker';
import { brand } from '@/lib/brand';
import type { AccountsKey } from '@/lib/server/accounts/accounts-key';
import { log } from '../log';
import { failureCode, isFinal } from './failure-code';
import { writeLetter } from './letter';
import { isExpired, type Mail } from './mail';
import { openMail } from './mail-at-rest';
import { MAIL_TASK } from './queue-names';
import type { MailTransport } from './mail-transport';
import { renderHtml, renderText } from './render-letter';
import 'server-only';

export interface DeliveryParts {
  readonly accountsKey: AccountsKey;
  readonly transport: MailTransport;
}

/** What the queue stores as the reason of a failed try. */
class MailNotSent extends Error {
  override readonly name = 'MailNotSent';
}

/** The tasks of a worker that delivers mail. */
export function mailTasks(parts: DeliveryParts): TaskList {
  const deliver: Task = async (payload, { job, abortPromise }) => {
    try {
      // A worker that stops waits a moment for the server, and no longer.
      await Promise.race([attempt(parts, payload), abortPromise]);
    } catch (error) {
      const code = failureCode(error);
      if (job.attempts >= job.max_attempts || isFinal(error)) {
        log.error('mail_given_up', { code, count: 1 });
        return;
      }
      log.warn('mail_delayed', { code, count: job.attempts });
      throw new MailNotSent(code);
    }
  };
  return { [MAIL_TASK]: deliver };
}

async function attempt({ accountsKey, transport }: DeliveryParts, payload: unknown): Promise<void> {
  const { id, mail } = await openMail(await accountsKey('mail'), payload);
  if (isExpired(mail, Date.now())) {
    log.warn('mail_expired', { at: mail.template });
    return;
  }
  await transport.send({ id, to: mail.to, ...contentOf(mail) });
  log.info('mail_sent', { at: mail.template });
}

function contentOf(mail: Mail) {
  const letter = writeLetter(mail, brand.name);
  return { subject: letter.subject, text: renderText(letter), html: renderHtml(letter) };
}
