/**
 * What goes with a vault or an account, in numbers and dates. Rule: but for one's own no question is
 * read here, since those who are told (the holder of a recovery link, an owner) may not be among its
 * readers.
 */
import 'server-only';
import { z } from 'zod';
import { Prisma } from '@/lib/server/prisma-client/client';
import { findRows, isoTime, type Database } from '@/lib/server/sql';
import type { Losses, OwnRequest } from './views';

const lossRow = z.object({
  accountId: z.string(),
  requests: z.number(),
  sealedReplies: z.number(),
  alone: z.array(z.object({ madeAt: z.string(), sealedReplies: z.number() })),
});

export const NO_LOSSES: Losses = { requests: 0, sealedReplies: 0, alone: [] };

/** `q` is a request that `mine` reads: replies to it that wait unopened, and whether nobody else reads it. */
const SEALED = Prisma.sql`(SELECT count(*) FROM sealed_items i
  WHERE i.request_id = q.id AND i.state = 'SEALED')::int`;
const IS_ALONE = Prisma.sql`NOT EXISTS (
  SELECT 1 FROM request_readers o
  WHERE o.request_id = q.id AND o.account_id <> mine.account_id)`;

export async function findLosses(database: Database, accountId: string): Promise<Losses> {
  const rows = await listLosses(database, Prisma.sql`mine.account_id = ${accountId}::uuid`);
  return rows.get(accountId) ?? NO_LOSSES;
}

/** By account; of one that can read nothing there is none. */
export async function listLosses(
  database: Database,
  which = Prisma.sql`true`,
): Promise<ReadonlyMap<string, Losses>> {
  const rows = await findRows(
    database,
    lossRow,
    Prisma.sql`
      WITH readable AS (
        SELECT mine.account_id, q.created_at, ${SEALED} AS sealed, ${IS_ALONE} AS is_alone
        FROM request_readers mine JOIN requests q ON q.id = mine.request_id
        WHERE q.state <> 'ENDED' AND ${which}
      )
      SELECT account_id::text AS "accountId", count(*)::int AS "requests",
        sum(sealed)::int AS "sealedReplies",
        coalesce(
          jsonb_agg(
            jsonb_build_object('madeAt', ${isoTime(Prisma.sql`created_at`)}, 'sealedReplies', sealed)
            ORDER BY created_at DESC) FILTER (WHERE is_alone),
          '[]'
        ) AS "alone"
      FROM readable GROUP BY account_id`,
  );
  return new Map(rows.map(({ accountId, ...losses }) => [accountId, losses]));
}

const ownRequestRow = z.object({
  id: z.string(),
  question: z.string(),
  sealedReplies: z.number(),
});

/** Requests whose replies nobody but this account can read, newest first: for itself. */
export function listRequestsAlone(
  database: Database,
  accountId: string,
): Promise<readonly OwnRequest[]> {
  return findRows(
    database,
    ownRequestRow,
    Prisma.sql`
      SELECT lpad(to_hex(q.id), 16, '0') AS "id", q.question, ${SEALED} AS "sealedReplies"
      FROM request_readers mine JOIN requests q ON q.id = mine.request_id
      WHERE mine.account_id = ${accountId}::uuid AND q.state <> 'ENDED' AND ${IS_ALONE}
      ORDER BY q.created_at DESC, q.id`,
  );
}
