import 'server-only';
import { queueMailIn } from './mail/queue-mail';
import type { QueueEndingNotice } from './message-store/notice-endings';
import { settings } from './settings';

/** By mail, if there is a mail server. The link leads to the dashboard, nowhere else. */
export const queueEndingNotice: QueueEndingNotice = async (transaction, notice) => {
  const { email: to, name, what, how, at } = notice;
  const dashboardLink = `${settings().appUrl.origin}/dashboard`;
  await queueMailIn(
    transaction,
    how === 'opened'
      ? { template: 'secretOpened', to, name, what, openedAt: at, dashboardLink }
      : { template: 'secretDestroyed', to, name, what, by: how, destroyedAt: at, dashboardLink },
  );
};
