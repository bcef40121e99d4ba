import { Logger } from 'graphile-worker';
import { log } from '../log';
import { failureCode } from './failure-code';
import 'server-only';

const TOLD_LEVELS = new Set<string>(['error', 'warning']);

/**
 * The worker's own words quote errors, and those quote addresses: what is left of them is that
 * something went wrong, and its code. A try that failed has said so itself.
 */
export const workerLog = new Logger(() => (level, _message, meta = {}) => {
  if (!TOLD_LEVELS.has(level) || meta['failure'] === true) return;
  log.warn('mail_queue_failed', { code: failureCode(meta['error']) });
});
