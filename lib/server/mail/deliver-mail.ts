/**
 * One try to deliver one mail of the queue. It ends in one of four ways: sent;
 * too late to be of use; put back for another try; dropped after the last one.
 * What the server answered may quote an address, so only its code goes on.
 */
import type { Task, TaskList } from 'graphile-worker';
import { brand } from '@/lib/brand';
import type { AccountsKey } from '@/lib/server/accounts/accounts-key';
import { log } from '../log';
import { writeLetter } from './letter';
import { isExpired, type Mail } from './mail';
import type { MailTransport } from './mail-transport';
import { failureCode } from './queue-library';
import { MAIL_TASK, openMail } from './queue-mail';
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

/**
 * Whether the server said for good that it takes no such mail to this recipient (RFC 5321, 4.2.1: 5yz).
 * What it says to a sign-in or a greeting is about its settings, which the operator may mend.
 */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('responseCode' in error)) return false;
  const isAboutMail = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  return isAboutMail && typeof error.responseCode === 'number' && error.responseCode >= 500;
}
