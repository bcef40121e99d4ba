import 'server-only';
import type { SendingPolicy } from '@/lib/accounts/sending-policy';
import { findPolicy } from '../account-store/sending-policy';
import { database } from '../database';

/** What the owner allows to send now. Asked anew each time: a change counts at once. @throws DatabaseAway */
export function readPolicy(): Promise<SendingPolicy> {
  return findPolicy(database());
}
