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

/** False, and nothing saved, when whoever asks is no owner (any more). */
export async function savePolicy(
  client: PrismaClient,
  ownerId: string,
  { whoMaySend, longestExpiry, passphraseRequired }: SendingPolicy,
): Promise<boolean> {
  const who = whoMaySend === 'members' ? 'MEMBERS' : 'ANYONE';
  const saved = await guarded(
    () => client.$executeRaw`
      UPDATE policy SET who_may_send = ${who}::who_may_send,
        longest_expiry = ${longestExpiry}::int,
        passphrase_required = ${passphraseRequired}::boolean
      WHERE id = ${ROW.id}::int
        AND EXISTS (SELECT 1 FROM accounts WHERE id = ${ownerId}::uuid AND role = 'OWNER' FOR SHARE)`,
  );
  return saved === 1;
}
