import 'server-only';
import { queueMailIn } from './mail/queue-mail';
import type { QueueReplyNotice } from './request-store/notice-replies';
import { settings } from './settings';

/** By mail, if there is a mail server. The link leads to the dashboard, nowhere else. */
export const queueReplyNotice: QueueReplyNotice = async (transaction, notice) => {
  await queueMailIn(transaction, {
    template: 'replyArrived',
    to: notice.email,
    name: notice.name,
    question: notice.question,
    waiting: notice.waiting,
    dashboardLink: `${settings().appUrl.origin}/dashboard`,
  });
};
