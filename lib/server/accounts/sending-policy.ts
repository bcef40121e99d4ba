import 'server-only';
import type { SendingPolicy } from '@/lib/accounts/sending-policy';
import { findPolicy, savePolicy as storePolicy } from '../account-store/sending-policy';
import { database } from '../database';
import { hearWhoMaySend } from '../heard-policy';

/** What the owner allows to send now. Asked anew each time: a change counts at once. @throws DatabaseAway */
export function readPolicy(): Promise<SendingPolicy> {
  return findPolicy(database());
}

/** False when whoever asks is no owner (any more). @throws DatabaseAway */
export async function savePolicy(ownerId: string, policy: SendingPolicy): Promise<boolean> {
  const isSaved = await storePolicy(database(), ownerId, policy);
  if (isSaved) hearWhoMaySend(policy.whoMaySend);
  return isSaved;
}
