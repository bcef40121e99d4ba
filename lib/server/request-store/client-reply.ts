/** What a client does with a reply, by the status link that only they have. */
import 'server-only';
import type { Address, ClientsReply } from '@/lib/requests/ports';
import { guarded } from '../database-errors';
import { countLocatedEnding } from '../history/history-conditions';
import type { HistoryGuard } from '../history/history-guard';
import { recordErased } from '../history/record-ending';
import type { PrismaClient } from '../prisma-client/client';
import {
  ERASED_REPLY_COLUMNS,
  REPLY_COLUMNS,
  REQUEST_COLUMNS,
  destroyedBy,
  toReply,
  toRequest,
  type ReplyRow,
  type RequestRow,
} from './row';

export async function findReply(
  client: PrismaClient,
  { id, epoch }: Address,
): Promise<ClientsReply | null> {
  const rows = await guarded(
    () => client.$queryRaw<(RequestRow & ReplyRow)[]>`
      SELECT ${REQUEST_COLUMNS}, ${REPLY_COLUMNS}
      FROM replies p JOIN requests r ON r.id = p.request_id
      WHERE p.id = ${id}::bigint AND p.epoch = ${epoch}::text`,
  );
  const row = rows[0];
  return row === undefined ? null : { reply: toReply(row), request: toRequest(row) };
}

/**
 * Ends a reply for its client. One that waits is destroyed; one that was
 * claimed is opened and its lease ends now: after this statement nobody reads
 * anything. An ended one stays as it is.
 */
export async function withdrawReply(
  client: PrismaClient,
  history: HistoryGuard,
  address: Address,
): Promise<ClientsReply | null> {
  const expected = await history.expectedEndings();
  const rows = await guarded(
    () => client.$queryRaw<{ endings: bigint }[]>`
      WITH located AS (
        SELECT p.id, 'end' AS verdict FROM replies p
        WHERE p.id = ${address.id}::bigint AND p.epoch = ${address.epoch}::text
          AND p.state IN ('SEALED', 'CLAIMED')
        FOR UPDATE
      ), ended AS (
        UPDATE replies p SET
          state = (CASE WHEN p.state = 'CLAIMED' THEN 'OPENED' ELSE 'DESTROYED' END)::reply_state,
          ${destroyedBy('CLIENT')}, ended_at = clock_timestamp(), ${ERASED_REPLY_COLUMNS}
        FROM located WHERE p.id = located.id
      )
      ${countLocatedEnding(expected)} AS "endings"`,
  );
  await recordErased(history, rows[0]?.endings ?? null);
  return findReply(client, address);
}
