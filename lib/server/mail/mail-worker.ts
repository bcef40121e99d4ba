/**
 * Delivers what is queued, in the background of each app instance. It keeps
 * three connections of its own: one hears of new mail, two work. A database
 * that was away is waited for; a worker that gave up is begun anew. What an
 * instance held that was killed, the sweeper gives back to the queue.
 */
import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { runTaskList, type WorkerEvents, type WorkerPoolOptions } from 'graphile-worker';
import type { Pool } from 'pg';
import { accountsKey } from '@/lib/server/accounts/accounts-key';
import { addBackgroundWork } from '../background-work';
import { log } from '../log';
import { settings } from '../settings';
import { mailTasks, type DeliveryParts } from './deliver-mail';
import { createMailTransport } from './mail-transport';
import { failureCode, openMailQueuePool, QUEUE_SCHEMA, workerLog } from './queue-library';
import 'server-only';

/** Mails that are on their way at once. */
const CONCURRENCY = 2;
/** Milliseconds. New mail is told of by the database; looking is for tries that have come due. */
const POLL_INTERVAL = 5_000;
const RESTART_PAUSE = 2_000;
/** How long mail that is on its way may take when the app stops, and how long all of stopping. */
const GRACE = 1_000;
const STOP_PATIENCE = 2_000;

export interface MailWorker {
  /** Lets what is on its way end, within two seconds. */
  stop(): Promise<void>;
}

/** Begins to deliver mail, where an SMTP server is set, until the HTTP server closes. */
export function startMail(): void {
  const { mail, databaseUrl, appUrl } = settings();
  if (mail === null || databaseUrl === null) return;
  const transport = createMailTransport(mail, appUrl.hostname);
  const worker = startMailWorker(databaseUrl, { accountsKey, transport });
  addBackgroundWork(() => worker.stop());
}

/** Begins at once, in the background: a database that is away is waited for. */
export function startMailWorker(databaseUrl: string, parts: DeliveryParts): MailWorker {
  const pool = openMailQueuePool(databaseUrl, CONCURRENCY + 1);
  const stopping = new AbortController();
  const working = keepWorking(pool, parts, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      const stopped = new AbortController();
      const patience = pause(STOP_PATIENCE, null, { signal: stopped.signal }).catch(() => null);
      await Promise.race([working.then(() => pool.end()), patience]);
      stopped.abort();
      parts.transport.close();
    },
  };
}

/** What a worker is told, also by tests that run one until the queue is empty. */
export function workerOptions(pool: Pool): WorkerPoolOptions & { pgPool: Pool } {
  return {
    pgPool: pool,
    schema: QUEUE_SCHEMA,
    concurrency: CONCURRENCY,
    pollInterval: POLL_INTERVAL,
    gracefulShutdownAbortTimeout: GRACE,
    // The app has its own way to stop.
    noHandleSignals: true,
    // In batches, even of one, since those alone are waited for when the workers stop.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: workerLog,
  };
}

async function keepWorking(pool: Pool, parts: DeliveryParts, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      // Fails while the database is away, and so keeps a worker from beginning without it.
      await pool.query('SELECT');
      await work(pool, parts, stopping);
    } catch (error) {
      log.warn('mail_queue_failed', { code: failureCode(error) });
    }
    await pause(RESTART_PAUSE, null, { signal: stopping }).catch(() => null);
  }
}

/** Comes back when the workers have ended, of themselves or because they were to stop. */
async function work(pool: Pool, parts: DeliveryParts, stopping: AbortSignal): Promise<void> {
  if (stopping.aborted) return;
  const events: WorkerEvents = new EventEmitter();
  const workers = runTaskList({ ...workerOptions(pool), events }, mailTasks(parts), pool);
  const stop = () => {
    // A failure to stop comes out of the workers' promise too, and is told there.
    Promise.resolve(workers.gracefulShutdown()).catch(() => {});
  };
  stopping.addEventListener('abort', stop, { once: true });
  restartIfFirstLookFails(events, stop);
  try {
    await workers.promise;
  } finally {
    stopping.removeEventListener('abort', stop);
  }
}

/** Workers whose first look at the queue fails keep that failure for good; later ones they get over. */
function restartIfFirstLookFails(events: WorkerEvents, stop: () => void): void {
  const onFailure = ({ error }: { error: unknown }) => {
    forget();
    log.warn('mail_queue_failed', { code: failureCode(error) });
    stop();
  };
  const forget = () => {
    events.off('worker:getJob:error', onFailure);
    events.off('worker:getJob:empty', forget);
    events.off('job:start', forget);
  };
  events.on('worker:getJob:error', onFailure);
  events.on('worker:getJob:empty', forget);
  events.on('job:start', forget);
}
