import 'server-only';
import type { TellOwner } from './history/restored-accounts';
import { queueMailIn } from './mail/queue-mail';
import { settings } from './settings';

/** The mail to an owner of a database that was put back. */
export const queueRestoredNotice: TellOwner = (transaction, { email, name }) =>
  queueMailIn(transaction, {
    template: 'accessChanged',
    to: email,
    name,
    change: 'database_restored',
    by: '',
    address: '',
    dashboardLink: `${settings().appUrl.origin}/dashboard`,
  });
