/**
 * What an operation works with. A process has one; a test makes its own, with another database,
 * keyring, clock or history. An operation that works within a transaction hands the context on with
 * that transaction in the place of its database.
 */
import 'server-only';
import { accountsKey, type AccountsKey } from './accounts/accounts-key';
import { knownBrowser, type KnownBrowser } from './accounts/known-browser';
import { hashSignInKey, verifySignInKey } from './accounts/sign-in-key';
import { addTask } from './background-work';
import { database } from './database';
import { databaseClock, type DatabaseClock } from './database-clock';
import { historyGuard } from './history/process-history';
import type { HistoryGuard } from './history/history-guard';
import type { Keyring } from './keyring/keyring';
import { keyring } from './keyring/process-keyring';
import { logFailure } from './log-failure';
import type { Mail } from './mail/mail';
import { queueMail } from './mail/queue-mail';
import type { Prisma, PrismaClient } from './prisma-client/client';
import { outsideRequests, requestContexts } from './request-context';
import { settings } from './settings';
import type { Database } from './sql';
import { stretchPassphrase, withStretchingRoom } from './stretch-passphrase';

export interface Context {
  readonly database: PrismaClient;
  readonly keyring: Keyring;
  readonly clock: DatabaseClock;
  readonly history: HistoryGuard;
  /** Where links begin: an origin, without a slash at its end. */
  readonly appUrl: string;
  /** Seconds for which a lost answer may be asked for again; 0: leases are off. */
  readonly leaseSeconds: number;
  /** Queues a mail with the rows that it is about, in their transaction: both or neither. */
  readonly queueMail: (
    transaction: Prisma.TransactionClient,
    mail: Mail,
  ) => Promise<'queued' | 'not_configured'>;
  /** Whether this instance sends mail at all. */
  readonly sendsMail: boolean;
  /** Does what the answer does not wait for. What fails is logged. */
  readonly afterwards: (work: () => Promise<unknown>) => void;
  readonly accountsKey: AccountsKey;
  /** The browser that asks. */
  readonly browser: KnownBrowser;
  readonly hashSignInKey: typeof hashSignInKey;
  readonly verifySignInKey: typeof verifySignInKey;
  readonly stretchPassphrase: typeof stretchPassphrase;
  readonly withStretchingRoom: typeof withStretchingRoom;
}

/** A context whose database may be a transaction. */
export type Within = Omit<Context, 'database'> & { readonly database: Database };

/** The context of this process. */
export function processContext(): Context {
  return {
    database: database(),
    keyring: keyring(),
    clock: databaseClock(),
    history: historyGuard(),
    appUrl: settings().appUrl.origin,
    leaseSeconds: settings().leaseSeconds,
    queueMail,
    sendsMail: settings().mail !== null,
    afterwards,
    accountsKey,
    browser: knownBrowser,
    hashSignInKey,
    verifySignInKey,
    stretchPassphrase,
    withStretchingRoom,
  };
}

function afterwards(work: () => Promise<unknown>): void {
  const begin = () => {
    const done = work().catch((error: unknown) => {
      logFailure('afterwards', error);
    });
    addTask(done.then(() => undefined));
  };
  const request = requestContexts().getStore();
  const call = () => {
    outsideRequests(begin);
  };
  if (request === undefined) call();
  else request.onceAnswered(call);
}
