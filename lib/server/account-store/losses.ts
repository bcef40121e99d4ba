/**
 * What goes with a vault or an account, in numbers and dates. Rule: no question is read here, since
 * those who are told (whoever holds a recovery link, an owner) may not be among its readers.
 */
import 'server-only';
import type { Losses } from '@/lib/accounts/views';
import { guarded } from '../database-errors';
import { Prisma } from '../prisma-client/client';

interface LossRow extends Omit<Losses, 'alone'> {
  accountId: string;
  alone: { madeAt: string; sealedReplies: number }[];
}

export const NO_LOSSES: Losses = { requests: 0, sealedReplies: 0, alone: [] };

export async function findLosses(
  client: Prisma.TransactionClient,
  accountId: string,
): Promise<Losses> {
  const rows = await listLosses(client, Prisma.sql`mine.account_id = ${accountId}::uuid`);
  return rows.get(accountId) ?? NO_LOSSES;
}

/** By account; of one that can read nothing there is none. */
export async function listLosses(
  client: Prisma.TransactionClient,
  which = Prisma.sql`true`,
): Promise<ReadonlyMap<string, Losses>> {
  const rows = await guarded(
    () => client.$queryRaw<LossRow[]>`
      WITH readable AS (
        SELECT mine.account_id, q.created_at,
          (SELECT count(*) FROM replies p
            WHERE p.request_id = q.id AND p.state = 'SEALED')::int AS sealed,
          NOT EXISTS (
            SELECT 1 FROM request_readers o
            WHERE o.request_id = q.id AND o.account_id <> mine.account_id
          ) AS is_alone
        FROM request_readers mine JOIN requests q ON q.id = mine.request_id
        WHERE q.state <> 'ENDED' AND ${which}
      )
      SELECT account_id::text AS "accountId", count(*)::int AS "requests",
        sum(sealed)::int AS "sealedReplies",
        coalesce(
          jsonb_agg(jsonb_build_object('madeAt', created_at, 'sealedReplies', sealed)
            ORDER BY created_at DESC) FILTER (WHERE is_alone),
          '[]'
        ) AS "alone"
      FROM readable GROUP BY account_id`,
  );
  return new Map(
    rows.map(({ accountId, alone, ...counts }) => [
      accountId,
      {
        ...counts,
        alone: alone.map(({ madeAt, sealedReplies }) => ({
          madeAt: new Date(madeAt).toISOString(),
          sealedReplies,
        })),
      },
    ]),
  );
}
