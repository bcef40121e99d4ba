/**
 * What a request's manager does with it. Each answers with the request as it
 * is afterwards; to everybody else the request is unknown.
 */
import 'server-only';
import { z } from 'zod';
import { EXPIRIES, type ExpiresIn } from '@/lib/sealed/policy';
import { agreesWithClock, DATABASE_NOW_MS, untilAgreed } from '@/lib/server/agreed-time';
import type { Context } from '@/lib/server/context';
import { countEnding } from '@/lib/server/history/history-conditions';
import { recordErased } from '@/lib/server/history/record-ending';
import { Prisma } from '@/lib/server/prisma-client/client';
import { execute, findRow, inTransaction, instant, theRow } from '@/lib/server/sql';
import { accessOf, holdManaged, managed, type Access, type Asked } from './access';
import { refusalOfLifetime } from './create';
import { endRequests } from './ending';
import { showAgain } from './inbox';
import type { InboxState } from './outcomes';
import { lifetimeFrom, type Lifetime } from './policy';

const UNKNOWN: InboxState = { status: 'unknown' };

/** open → closed: takes no more replies; what came can still be read. */
export async function closeRequest(context: Context, asked: Asked): Promise<InboxState> {
  const access = accessOf(asked);
  if (access === null) return UNKNOWN;
  const isFound = await inTransaction(context.database, async (transaction) => {
    if (!(await holdManaged(transaction, access))) return false;
    await execute(
      transaction,
      Prisma.sql`
        UPDATE requests SET state = 'CLOSED'
        WHERE id = ${access.requestId}::bigint AND state = 'OPEN'`,
    );
    return true;
  });
  return isFound ? showAgain(context, access) : UNKNOWN;
}

/** → ended: key, seeds and replies go in the same transaction. */
export async function destroyRequest(context: Context, asked: Asked): Promise<InboxState> {
  const access = accessOf(asked);
  if (access === null) return UNKNOWN;
  const { database, history } = context;
  const expected = await history.expectedEndings();
  const { isFound, endings } = await inTransaction(database, async (transaction) => {
    if (!(await holdManaged(transaction, access))) return { isFound: false, endings: null };
    const which = Prisma.sql`r.id = ${access.requestId}::bigint AND r.state <> 'ENDED'`;
    const ended = await endRequests(transaction, which);
    if (ended === 0) return { isFound: true, endings: null };
    const counted = await theRow(
      transaction,
      z.object({ endings: z.bigint() }),
      countEnding(expected),
    );
    return { isFound: true, endings: counted.endings };
  });
  await recordErased(history, endings);
  return isFound ? showAgain(context, access) : UNKNOWN;
}

/**
 * Gives a request another lifetime from now on, if that is longer than what
 * it has. Its server keys, and those of its replies, are kept first: a request
 * that outlived them could not be read.
 */
export async function extendRequest(
  context: Context,
  { expiresIn, ...asked }: Asked & { readonly expiresIn: ExpiresIn },
): Promise<InboxState> {
  const access = accessOf(asked);
  if (access === null) return UNKNOWN;
  const refusal = await refusalOfLifetime(context, expiresIn);
  if (refusal !== null) return { status: 'refused', refusal };
  return untilAgreed(context, async (nowMs) => {
    const found = await findEpochs(context, access);
    if (found === null) return { done: UNKNOWN };
    const life = lifetimeFrom(nowMs, EXPIRIES[expiresIn]);
    for (const epoch of found.epochs) await context.keyring.keepEpoch(epoch, life.keepUntilMs);
    const answer = await extend(context, access, life, found.replies);
    if (answer === null) return { done: UNKNOWN };
    return answer.verdict === 'extended' || answer.verdict === 'over'
      ? { done: await showAgain(context, access) }
      : answer;
  });
}

/** The epochs on which what is sealed depends, and the number of replies that they cover. */
function findEpochs({ database }: Context, access: Access) {
  return findRow(
    database,
    z.object({ epochs: z.array(z.string()), replies: z.int() }),
    Prisma.sql`
      SELECT array(
          SELECT r.epoch UNION SELECT i.epoch FROM sealed_items i WHERE i.request_id = r.id
        )::text[] AS "epochs",
        r.replies_received AS "replies"
      FROM requests r WHERE ${managed(access)}`,
  );
}

/** If there are still as many replies as when the epochs were read. */
function extend({ database }: Context, access: Access, life: Lifetime, replies: number) {
  return inTransaction(database, async (transaction) => {
    if (!(await holdManaged(transaction, access))) return null;
    return findRow(
      transaction,
      z.object({
        verdict: z.enum(['extended', 'over', 'changed', 'clock_differs']),
        databaseNowMs: z.number(),
      }),
      Prisma.sql`
        WITH located AS (
          SELECT r.id, CASE
            WHEN r.state <> 'OPEN' OR r.keep_until <= clock_timestamp() THEN 'over'
            WHEN NOT ${agreesWithClock(life)} THEN 'clock_differs'
            WHEN r.replies_received <> ${replies}::int THEN 'changed'
            ELSE 'extended' END AS verdict
          FROM requests r WHERE r.id = ${access.requestId}::bigint
        ), extended AS (
          UPDATE requests r SET
            expires_at = greatest(r.expires_at, ${instant(life.expiresAtMs)}),
            keep_until = greatest(r.keep_until, ${instant(life.keepUntilMs)})
          FROM located WHERE r.id = located.id AND located.verdict = 'extended'
        )
        SELECT located.verdict AS "verdict", ${DATABASE_NOW_MS} AS "databaseNowMs"
        FROM located`,
    );
  });
}
