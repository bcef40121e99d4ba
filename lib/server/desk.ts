/** The use cases of messages, wired to this process's database, keyring and clock. */
import 'server-only';
import type { MessageDesk } from '@/lib/messages/ports';
import { database } from './database';
import { databaseClock } from './database-clock';
import { keyring } from './keyring/process-keyring';
import { historyGuard } from './history/process-history';
import { prismaMessageStore } from './message-store/prisma-message-store';
import { logFailure } from './log-failure';
import { noticeEndings } from './message-store/notice-endings';
import { tellingStore } from './message-store/telling-store';
import { queueEndingNotice } from './queue-ending-notice';
import { settings } from './settings';
import { stretchPassphrase, withStretchingRoom } from './stretch-passphrase';

export function messageDesk(): MessageDesk {
  return {
    store: tellingStore(
      prismaMessageStore(database(), {
        leaseSeconds: settings().leaseSeconds,
        history: historyGuard(),
      }),
      tellSenders,
    ),
    keyring: keyring(),
    clock: databaseClock(),
    stretchPassphrase,
    withStretchingRoom,
    appUrl: settings().appUrl.origin,
  };
}

/** The ending is stored already: what fails here is done by the sweeper. */
async function tellSenders(settled: bigint | null): Promise<void> {
  try {
    await noticeEndings(database(), queueEndingNotice, settled);
  } catch (error) {
    logFailure('ending notice', error);
  }
}
