/** Mail about accounts, put into the queue. */
import 'server-only';
import {
  EMAIL_CHANGE_LIFETIME,
  INVITATION_LIFETIME,
  RECOVERY_LIFETIME,
} from '@/lib/accounts/policy';
import type { AccountMail } from '@/lib/accounts/mail-ports';
import type { Mail } from '../mail/mail';
import { isMailConfigured, type queueMail } from '../mail/queue-mail';
import { settings } from '../settings';

/** @param queue in the transaction of what the mail tells of, where there is one */
export function accountMail(queue: typeof queueMail): AccountMail {
  const isQueued = async (mail: Mail) => (await queue(mail)) === 'queued';
  return {
    isSetUp: isMailConfigured,
    invitation: ({ email, ...invitation }) =>
      isQueued({
        template: 'invitation',
        to: email,
        ...invitation,
        expiresAt: fromNow(INVITATION_LIFETIME),
      }),
    recovery: ({ email, name }, link) =>
      isQueued({
        template: 'recovery',
        to: email,
        name,
        link,
        expiresAt: fromNow(RECOVERY_LIFETIME),
      }),
    confirmEmail: ({ email, name }, link) =>
      isQueued({
        template: 'confirmEmail',
        to: email,
        name,
        link,
        expiresAt: fromNow(EMAIL_CHANGE_LIFETIME),
      }),
    guessed: ({ email, name }, { count, since }) =>
      isQueued({
        template: 'guessed',
        to: email,
        name,
        count,
        since: new Date(since),
        dashboardLink: dashboardLink(),
      }),
    wrongCode: ({ email, name }) =>
      isQueued({
        template: 'wrongCode',
        to: email,
        name,
        triedAt: new Date(),
        dashboardLink: dashboardLink(),
      }),
    passwordChanged: ({ email, name }) =>
      isQueued({
        template: 'passwordChanged',
        to: email,
        name,
        dashboardLink: dashboardLink(),
      }),
    accessChanged: ({ email, name }, change, { by = '', address = '' } = {}) =>
      isQueued({
        template: 'accessChanged',
        to: email,
        name,
        change,
        by,
        address,
        dashboardLink: dashboardLink(),
      }),
  };
}

const dashboardLink = () => `${settings().appUrl.origin}/dashboard`;

/** As the mail says it. Whether a link is over is the database's clock to say. */
function fromNow(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000);
}
