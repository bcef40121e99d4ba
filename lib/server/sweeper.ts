/**
 * Runs in the app: erases what has ended, and destroys the server keys (K1) of
 * epochs whose longest expiry has passed. A lock in the database lets one
 * instance sweep at a time; the others find nothing to do.
 *
 * This timer is each instance's own, and not the schedule of the queue (graphile-worker's cron), though
 * much of what is swept is the whole database's. Keys, mark, clock and durability are the instance's;
 * secrets and replies are swept by what its keyring holds, and only once its mark was compared. What
 * is left (limits, ways in, guesses, mail that a killed instance held) are a few statements that find
 * nothing. A schedule would take three connections of each instance even where no mail is sent, write
 * a job for every tick, and wait in the very queue that it is to tidy.
 */
import 'server-only';
import { sweepRequestBatch } from '@/lib/requests/ending';
import { noticeReplies } from '@/lib/requests/reply-notice';
import { tellOwners } from '@/lib/accounts/restored';
import { sweepAccounts } from '@/lib/accounts/sweep';
import type { PrismaClient } from './prisma-client/client';
import { watchAccountsKey } from './accounts/accounts-key-watch';
import { database } from './database';
import { databaseClock, type WatchedDatabaseClock } from './database-clock';
import { askTime, guarded } from './database-errors';
import type { ManagedKeyring } from './keyring/keyring';
import { keyring } from './keyring/process-keyring';
import { watchDurability } from './durability';
import { watchHistory } from './history/process-history';
import { log } from './log';
import { logFailure } from './log-failure';
import { mailEvents } from '@/lib/sealed/events';
import { sweepBatch } from '@/lib/sealed/end';
import { queueMail, tidyMailQueue } from './mail/queue-mail';
import { once } from './runtime';
import { settings } from './settings';
import { isStopping } from './stopping';

/** Milliseconds between sweeps. */
const PAUSE = 30_000;
/** Batches in one sweep: a backlog is worked off over several, never in one long run. */
const MAX_BATCHES = 20;

/**
 * One sweep.
 *
 * @param ownNowMs what this process's own clock shows
 * @returns rows touched
 */
export async function sweep(
  client: PrismaClient,
  ring: ManagedKeyring,
  { clock = databaseClock(), ownNowMs = Date.now() } = {},
): Promise<number> {
  const databaseNowMs = await askTime(client);
  compareClocks(clock, databaseNowMs);
  // A clock that is wrong on one side only destroys nothing.
  const agreedNowMs = Math.min(ownNowMs, databaseNowMs);
  for (const epoch of await ring.destroyEndedEpochs(agreedNowMs)) {
    log.info('epoch_destroyed', { epoch });
  }
  await guarded(() => client.limit.deleteMany({ where: { expire: { lte: BigInt(agreedNowMs) } } }));
  const expired = { expiresAt: { lte: new Date(agreedNowMs) } };
  await guarded(() => client.idempotentAnswer.deleteMany({ where: expired }));
  await sweepAccounts(client);
  const liveEpochs = (await ring.liveEpochs()).map(({ id }) => id);
  const { origin } = settings().appUrl;
  const mailing = { database: client, queueMail, appUrl: origin };
  const messages = await inBatches(() => sweepBatch(client, liveEpochs));
  const requests = await inBatches(() => sweepRequestBatch(client, liveEpochs));
  await inBatches(() => noticeReplies(mailing));
  await inBatches(() => mailEvents(mailing));
  return messages + requests;
}

/** What the log says last. Others teach the clock too, and tell nobody. */
const toldOfClocks = once('told of clocks', () => ({ isFarOff: false }));

/** Says in the log, once each time, that the clocks part or agree again. */
function compareClocks(clock: WatchedDatabaseClock, databaseNowMs: number): void {
  const told = toldOfClocks();
  const wasTold = told.isFarOff;
  clock.learn(databaseNowMs);
  told.isFarOff = clock.isFarOff();
  if (told.isFarOff === wasTold) return;
  const count = clock.differenceSeconds();
  if (wasTold) log.info('clocks_agree', { count });
  else log.warn('clocks_differ', { count });
}

async function inBatches(sweepOne: () => Promise<number | null>): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const touched = await sweepOne();
    if (touched === null || touched === 0) break;
    total += touched;
  }
  return total;
}

/** Sweeps now and again, until the process ends. */
export function startSweeper(): void {
  void sweepOnce().finally(() => {
    setTimeout(startSweeper, PAUSE).unref();
  });
}

/**
 * Everything that is looked at now and again. What fails keeps nothing else from being looked at; but
 * nothing is swept in a database of which the mark could not be asked whether it was restored, since
 * what is swept is told as unread.
 */
export async function sweepOnce(): Promise<void> {
  await Promise.all([
    attempt('durability', () => watchDurability(database())),
    attempt('accounts key', watchAccountsKey),
    attempt('mail queue', () => tidyMailQueue(database())),
    attempt('clocks', async () => {
      compareClocks(databaseClock(), await askTime(database()));
    }),
    attempt('sweeper', async () => {
      await watchHistory();
      const { origin } = settings().appUrl;
      await tellOwners({ database: database(), queueMail, appUrl: origin });
      const count = await sweep(database(), keyring());
      if (count > 0) log.info('sweep_done', { count });
    }),
  ]);
}

async function attempt(at: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isStopping()) logFailure(at, error);
  }
}
