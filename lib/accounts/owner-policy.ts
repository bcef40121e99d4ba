/** What an owner decides about sending, in the one row that there is of it. */
import 'server-only';
import type { SendingPolicy } from '@/lib/sealed/sending-policy';
import type { Context } from '@/lib/server/context';
import { execute } from '@/lib/server/sql';
import { Prisma } from '@/lib/server/prisma-client/client';
import type { DoneResult } from './outcomes';
import type { Staff } from './sessions';
import { DONE, refused } from './together';

/** Not for one who is no owner (any more). */
export async function savePolicy(
  { database }: Pick<Context, 'database'>,
  { accountId }: Pick<Staff, 'accountId'>,
  { whoMaySend, longestExpiry, passphraseRequired }: SendingPolicy,
): Promise<DoneResult> {
  const saved = await execute(
    database,
    Prisma.sql`
      UPDATE policy SET who_may_send = upper(${whoMaySend}::text)::who_may_send,
        longest_expiry = ${longestExpiry}::int,
        passphrase_required = ${passphraseRequired}::boolean
      WHERE id = 1
        AND EXISTS (SELECT 1 FROM accounts WHERE id = ${accountId}::uuid AND role = 'OWNER' FOR SHARE)`,
  );
  return saved === 1 ? DONE : refused('not_allowed');
}
