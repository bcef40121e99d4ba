/** The use cases of requests, wired to this process's database, keyring and clock. */
import 'server-only';
import type { RequestDesk } from '@/lib/requests/ports';
import { readPolicy } from './accounts/sending-policy';
import { database } from './database';
import { databaseClock } from './database-clock';
import { historyGuard } from './history/process-history';
import { keyring } from './keyring/process-keyring';
import { logFailure } from './log-failure';
import { noticeReplies } from './request-store/notice-replies';
import { prismaRequestStore } from './request-store/prisma-request-store';
import { queueReplyNotice } from './queue-reply-notice';
import { settings } from './settings';

export function requestDesk(): RequestDesk {
  return {
    store: prismaRequestStore(database(), {
      leaseSeconds: settings().leaseSeconds,
      history: historyGuard(),
    }),
    keyring: keyring(),
    clock: databaseClock(),
    longestLifetime: async () => (await readPolicy()).longestExpiry,
    noticeReplies: tellReaders,
    appUrl: settings().appUrl.origin,
  };
}

/** The reply is stored already: what fails here is done by the sweeper. */
async function tellReaders(requestId: bigint): Promise<void> {
  try {
    await noticeReplies(database(), queueReplyNotice, requestId);
  } catch (error) {
    logFailure('reply notice', error);
  }
}
