/** What the manager of a request does to it. Everybody else finds no row. */
import 'server-only';
import type { Access, RequestStore } from '@/lib/requests/ports';
import { guarded } from '../database-errors';
import { countEnding } from '../history/history-conditions';
import type { HistoryGuard } from '../history/history-guard';
import { recordErased } from '../history/record-ending';
import type { PrismaClient } from '../prisma-client/client';
import { agreesWithClock } from '../agrees-with-clock';
import { eraseRequests } from './erase-requests';
import { holdManaged } from './lock-order';
import { instant, managed } from './row';

/** open → closed. */
export async function closeRequest(client: PrismaClient, access: Access): Promise<boolean> {
  return guarded(() =>
    client.$transaction(async (transaction) => {
      if (!(await holdManaged(transaction, access))) return false;
      await transaction.$executeRaw`
        UPDATE requests SET state = 'CLOSED'
        WHERE id = ${access.requestId}::bigint AND state = 'OPEN'`;
      return true;
    }),
  );
}

/** → ended: key, seeds and replies go in the same transaction. */
export async function destroyRequest(
  client: PrismaClient,
  history: HistoryGuard,
  access: Access,
): Promise<boolean> {
  const expected = await history.expectedEndings();
  const done = await guarded(() =>
    client.$transaction(async (transaction) => {
      if (!(await holdManaged(transaction, access))) return { isFound: false, endings: null };
      const ended = await transaction.$executeRaw`
        UPDATE requests SET state = 'ENDED', public_key = NULL, ended_at = clock_timestamp()
        WHERE id = ${access.requestId}::bigint AND state <> 'ENDED'`;
      if (ended === 0) return { isFound: true, endings: null };
      await eraseRequests(transaction, [access.requestId]);
      const [counted] = await transaction.$queryRaw<{ endings: bigint }[]>(countEnding(expected));
      return { isFound: true, endings: counted?.endings ?? null };
    }),
  );
  await recordErased(history, done.endings);
  return done.isFound;
}

/** The epochs on which what is sealed depends, and the number of replies that they cover. */
export async function findEpochs(
  client: PrismaClient,
  access: Access,
): ReturnType<RequestStore['findEpochs']> {
  const rows = await guarded(
    () => client.$queryRaw<{ epochs: string[]; replies: number }[]>`
      SELECT array(
          SELECT r.epoch UNION SELECT p.epoch FROM replies p WHERE p.request_id = r.id
        )::text[] AS "epochs",
        r.replies_received AS "replies"
      FROM requests r WHERE ${managed(access)}`,
  );
  return rows[0] ?? null;
}

export async function extendRequest(
  client: PrismaClient,
  ...[access, life]: Parameters<RequestStore['extend']>
): ReturnType<RequestStore['extend']> {
  const rows = await guarded(() =>
    client.$transaction(async (transaction) => {
      if (!(await holdManaged(transaction, access))) return [];
      return transaction.$queryRaw<
        { verdict: 'extended' | 'over' | 'changed' | 'clock_differs'; nowMs: bigint }[]
      >`
      WITH located AS (
        SELECT r.id, CASE
          WHEN r.state <> 'OPEN' OR r.keep_until <= clock_timestamp() THEN 'over'
          WHEN NOT ${agreesWithClock(life)} THEN 'clock_differs'
          WHEN r.replies_received <> ${life.replies}::int THEN 'changed'
          ELSE 'extended' END AS verdict
        FROM requests r WHERE r.id = ${access.requestId}::bigint
      ), extended AS (
        UPDATE requests r SET
          expires_at = greatest(r.expires_at, ${instant(life.expiresAtMs)}),
          keep_until = greatest(r.keep_until, ${instant(life.keepUntilMs)})
        FROM located WHERE r.id = located.id AND located.verdict = 'extended'
      )
      SELECT located.verdict AS "verdict",
        (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs"
      FROM located`;
    }),
  );
  const row = rows[0];
  return row === undefined ? null : { verdict: row.verdict, databaseNowMs: Number(row.nowMs) };
}
