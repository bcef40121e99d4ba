import 'server-only';
import type { SendingPolicy } from '@/lib/accounts/sending-policy';
import { guarded } from '../database-errors';
import type { PrismaClient } from '../prisma-client/client';

/** The one row there is, as the first migration of accounts made it. */
const ROW = { id: 1 } as const;

export async function findPolicy(client: PrismaClient): Promise<SendingPolicy> {
  const row = await guarded(() =>
    client.policy.findUnique({
      where: ROW,
      select: { whoMaySend: true, longestExpiry: true, passphraseRequired: true },
    }),
  );
  // No default in its place: it might allow what the owner has forbidden.
  if (row === null) throw new Error('The row of the policy is gone.');
  return { ...row, whoMaySend: row.whoMaySend === 'MEMBERS' ? 'members' : 'anyone' };
}

export async function savePolicy(client: PrismaClient, policy: SendingPolicy): Promise<void> {
  const whoMaySend = policy.whoMaySend === 'members' ? 'MEMBERS' : 'ANYONE';
  await guarded(() =>
    client.policy.update({ where: ROW, data: { ...policy, whoMaySend }, select: { id: true } }),
  );
}
