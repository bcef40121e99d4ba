import 'server-only';
import type { SendingPolicy } from '@/lib/accounts/sending-policy';
import { findPolicy, savePolicy as storePolicy } from '../account-store/sending-policy';
import { database } from '../database';

/** What the owner allows to send now. Asked anew each time: a change counts at once. @throws DatabaseAway */
export function readPolicy(): Promise<SendingPolicy> {
  return findPolicy(database());
}

/** Only for an owner: whoever calls this has asked. @throws DatabaseAway */
export function savePolicy(policy: SendingPolicy): Promise<void> {
  return storePolicy(database(), policy);
}
