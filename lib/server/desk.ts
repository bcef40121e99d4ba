/** The use cases of messages, wired to this process's database, keyring and clock. */
import 'server-only';
import type { MessageDesk } from '@/lib/messages/ports';
import { database } from './database';
import { createDatabaseClock } from './database-clock';
import { keyring } from './keyring/process-keyring';
import { historyGuard } from './history/process-history';
import { prismaMessageStore } from './message-store/prisma-message-store';
import { settings } from './settings';
import { stretchPassphrase, withStretchingRoom } from './stretch-passphrase';

let shared: MessageDesk | undefined;

export function messageDesk(): MessageDesk {
  shared ??= {
    store: prismaMessageStore(database(), {
      leaseSeconds: settings().leaseSeconds,
      history: historyGuard(),
    }),
    keyring: keyring(),
    clock: createDatabaseClock(),
    stretchPassphrase,
    withStretchingRoom,
    appUrl: settings().appUrl.origin,
  };
  return shared;
}
