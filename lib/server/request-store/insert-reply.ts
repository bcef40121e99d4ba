import 'server-only';
import type { NewReply, NewReplyVerdict } from '@/lib/requests/ports';
import { guarded } from '../database-errors';
import { isBehind } from '../history/history-conditions';
import type { HistoryGuard } from '../history/history-guard';
import type { PrismaClient } from '../prisma-client/client';
import { PLACES_TAKEN, bytea } from './row';
import { HAS_READER } from './without-readers';

/**
 * Takes one of the places that a request allows and puts the reply there, in
 * one statement. It locks the request first, so of any number of replies for
 * the last place, over any number of app instances, one is accepted; time is
 * the database's.
 */
export async function insertReply(
  client: PrismaClient,
  history: HistoryGuard,
  reply: NewReply,
): Promise<NewReplyVerdict | null> {
  const expected = await history.expectedEndings();
  const rows = await guarded(
    () => client.$queryRaw<{ verdict: NewReplyVerdict | 'behind' }[]>`
      WITH located AS (
        SELECT r.id, CASE
          WHEN ${isBehind(expected)} THEN 'behind'
          WHEN EXISTS (SELECT 1 FROM replies p WHERE p.id = ${reply.id}::bigint) THEN 'repeated'
          WHEN r.state <> 'OPEN' OR NOT ${HAS_READER} THEN 'closed'
          WHEN ${PLACES_TAKEN} >= r.replies_allowed THEN 'full'
          WHEN r.expires_at <= clock_timestamp() THEN 'expired'
          WHEN (extract(epoch FROM r.keep_until) * 1000)::bigint
            > ${BigInt(reply.keptUntilMs)}::bigint THEN 'extended'
          ELSE 'accepted' END AS verdict
        FROM requests r WHERE r.id = ${reply.requestId}::bigint FOR UPDATE
      ), placed AS (
        INSERT INTO replies (id, request_id, epoch, seal, wrapped_ciphertext)
        SELECT ${reply.id}::bigint, located.id, ${reply.epoch}::text,
          ${reply.seal === 'server' ? 'SERVER' : 'BROWSER'}::seal, ${bytea(reply.wrappedCiphertext)}
        FROM located WHERE located.verdict = 'accepted'
        ON CONFLICT (id) DO NOTHING
        RETURNING id
      ), counted AS (
        UPDATE requests r SET replies_received = r.replies_received + 1
        FROM located, placed WHERE r.id = located.id
      )
      SELECT CASE WHEN located.verdict = 'accepted' AND NOT EXISTS (SELECT 1 FROM placed)
        THEN 'repeated' ELSE located.verdict END AS "verdict"
      FROM located`,
  );
  const verdict = rows[0]?.verdict ?? null;
  if (verdict !== 'behind') return verdict;
  // Noticed now, so that the reply is not taken for one from before.
  await history.check();
  return insertReply(client, history, reply);
}
