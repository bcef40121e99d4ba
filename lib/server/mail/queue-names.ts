import 'server-only';

/** The schema of the queue's tables; statements write it out. */
export const QUEUE_SCHEMA = 'graphile_worker';
/** What a job of the queue is called that delivers a mail. */
export const MAIL_TASK = 'mail';
