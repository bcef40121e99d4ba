import type { Pool } from 'pg';
import { log } from '../log';
import { MAIL_TASK } from './queue-names';
import 'server-only';

/** Far longer than a try takes: whoever holds a mail that long was killed. */
const ABANDONED_AFTER = '10 minutes';

/**
 * Gives mail back to the queue that a killed instance had taken, and drops what was on its last
 * try then.
 */
export async function tidyMailQueue(pool: Pool): Promise<void> {
  await pool.query(
    `SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT locked_by))
       FROM graphile_worker.jobs
      WHERE task_identifier = $1 AND locked_at < now() - $2::interval`,
    [MAIL_TASK, ABANDONED_AFTER],
  );
  const { rows } = await pool.query(
    `SELECT id FROM graphile_worker.complete_jobs(ARRAY(
       SELECT id FROM graphile_worker.jobs
        WHERE task_identifier = $1 AND locked_at IS NULL AND attempts >= max_attempts))`,
    [MAIL_TASK],
  );
  if (rows.length > 0) log.error('mail_given_up', { code: 'abandoned', count: rows.length });
}
