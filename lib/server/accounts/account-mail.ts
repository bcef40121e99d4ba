/** Mail about accounts, put into the queue. */
import 'server-only';
import {
  EMAIL_CHANGE_LIFETIME,
  INVITATION_LIFETIME,
  RECOVERY_LIFETIME,
} from '@/lib/accounts/policy';
import type { AccountMail } from '@/lib/accounts/mail-ports';
import type { Mail } from '../mail/mail';
import { isMailConfigured, queueMail } from '../mail/queue-mail';
import { settings } from '../settings';

export const accountMail: AccountMail = {
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
      dashboardLink: `${settings().appUrl.origin}/dashboard`,
    }),
  wrongCode: ({ email, name }) =>
    isQueued({
      template: 'wrongCode',
      to: email,
      name,
      triedAt: new Date(),
      dashboardLink: `${settings().appUrl.origin}/dashboard`,
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

const dashboardLink = () => `${settings().appUrl.origin}/dashboard`;

async function isQueued(mail: Mail): Promise<boolean> {
  return (await queueMail(mail)) === 'queued';
}

/** As the mail says it. Whether a link is over is the database's clock to say. */
function fromNow(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000);
}
