/**
 * Runs in the app: erases what has ended, and destroys the server keys (K1) of
 * epochs whose longest expiry has passed. A lock in the database lets one
 * instance sweep at a time; the others find nothing to do.
 */
import 'server-only';
import type { PrismaClient } from './prisma-client/client';
import { database } from './database';
import { DatabaseAway } from './database-errors';
import type { Keyring } from './keyring/keyring';
import { keyring } from './keyring/process-keyring';
import { watchHistory } from './history/process-history';
import { log } from './log';
import { logFailure } from './log-failure';
import { noticeEndings } from './message-store/notice-endings';
import { sweepBatch } from './message-store/sweep-messages';
import { queueEndingNotice } from './queue-ending-notice';
import { queueReplyNotice } from './queue-reply-notice';
import { noticeReplies } from './request-store/notice-replies';
import { sweepRequestBatch } from './request-store/sweep-requests';
import { isStopping } from './stopping';

/** Milliseconds between sweeps. */
const PAUSE = 30_000;
/** Batches in one sweep: a backlog is worked off over several, never in one long run. */
const MAX_BATCHES = 20;

/** One sweep. @returns rows touched */
export async function sweep(client: PrismaClient, ring: Keyring): Promise<number> {
  for (const epoch of await ring.destroyEndedEpochs()) log.info('epoch_destroyed', { epoch });
  const liveEpochs = (await ring.liveEpochs()).map(({ id }) => id);
  const messages = await inBatches(() => sweepBatch(client, liveEpochs));
  const requests = await inBatches(() => sweepRequestBatch(client, liveEpochs));
  await inBatches(() => noticeReplies(client, queueReplyNotice));
  await inBatches(() => noticeEndings(client, queueEndingNotice));
  return messages + requests;
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
  const run = async () => {
    try {
      await watchHistory();
      const count = await sweep(database(), keyring());
      if (count > 0) log.info('sweep_done', { count });
    } catch (error) {
      if (isStopping()) return;
      if (error instanceof DatabaseAway) log.warn('database_away', { at: 'sweeper' });
      else logFailure('sweeper', error);
    } finally {
      setTimeout(() => void run(), PAUSE).unref();
    }
  };
  void run();
}
