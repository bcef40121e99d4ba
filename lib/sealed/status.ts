import 'server-only';
import type { Context } from '@/lib/server/context';
import { destroy } from './end';
import { findItem } from './find';
import { messageAt } from './item';
import { locateMessage } from './locate';
import type { StatusState } from './outcomes';
import { statusStateOf } from './views';

/** What the sender's status page shows. Changes nothing. */
export async function lookAtStatus(context: Context, statusToken: string): Promise<StatusState> {
  const located = await locateMessage(context.keyring, statusToken, 'status');
  if (located === null) return { status: 'unknown' };
  const record = await findItem(context, messageAt(located.address));
  return record === null ? { status: 'unknown' } : statusStateOf(record);
}

/** Destroys a message for its sender, through the status link. */
export async function destroyFromStatus(
  context: Context,
  statusToken: string,
): Promise<StatusState> {
  const located = await locateMessage(context.keyring, statusToken, 'status');
  if (located === null) return { status: 'unknown' };
  const record = await destroy(context, messageAt(located.address), 'SENDER');
  return record === null ? { status: 'unknown' } : statusStateOf(record);
}
