import { locateMessage } from '@/lib/messages/locate-message';
import { endingOfRefused } from '@/lib/messages/views';
import type { DestroyState } from './outcomes';
import type { DashboardDesk } from './ports';

/** Destroys a secret from its sender's list. Unknown to everybody whose list it is not in. */
export async function destroySent(
  { keyring, messages }: DashboardDesk,
  senderId: string,
  statusToken: string,
): Promise<DestroyState> {
  const located = await locateMessage(keyring, statusToken, 'status');
  if (located === null) return { status: 'unknown' };
  const record = await messages.destroy(located.address, { who: 'SENDER', senderId });
  return record === null
    ? { status: 'unknown' }
    : { status: 'ended', ending: endingOfRefused(record) };
}
