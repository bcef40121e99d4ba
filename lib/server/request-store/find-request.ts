/** Reads. They change nothing; who may read is part of each. */
import 'server-only';
import type { Access, Address, OwnRequest, RequestRecord } from '@/lib/requests/ports';
import { guarded } from '../database-errors';
import type { PrismaClient } from '../prisma-client/client';
import {
  REPLY_COLUMNS,
  REQUEST_COLUMNS,
  isManager,
  isReader,
  toReply,
  toRequest,
  type ReplyRow,
  type RequestRow,
} from './row';

/** For one who holds the link: id and epoch come out of its token. */
export async function findRequest(
  client: PrismaClient,
  { id, epoch }: Address,
): Promise<RequestRecord | null> {
  const rows = await guarded(
    () => client.$queryRaw<RequestRow[]>`
      SELECT ${REQUEST_COLUMNS} FROM requests r
      WHERE r.id = ${id}::bigint AND r.epoch = ${epoch}::text`,
  );
  return rows[0] === undefined ? null : toRequest(rows[0]);
}

export async function showRequest(
  client: PrismaClient,
  { accountId, requestId }: Access,
): Promise<OwnRequest | null> {
  const rows = await guarded(
    () => client.$queryRaw<(RequestRow & { isManager: boolean; sealedSeed: Uint8Array | null })[]>`
      SELECT ${REQUEST_COLUMNS}, ${isManager(accountId)} AS "isManager",
        (SELECT own.sealed_seed FROM request_readers own
          WHERE own.request_id = r.id AND own.account_id = ${accountId}::uuid) AS "sealedSeed"
      FROM requests r
      WHERE r.id = ${requestId}::bigint AND (${isManager(accountId)} OR ${isReader(accountId)})`,
  );
  const row = rows[0];
  if (row === undefined) return null;
  const replies = await guarded(
    () => client.$queryRaw<ReplyRow[]>`
      SELECT ${REPLY_COLUMNS} FROM replies p WHERE p.request_id = ${requestId}::bigint
      ORDER BY p.created_at, p.id`,
  );
  return {
    request: toRequest(row),
    replies: replies.map(toReply),
    isManager: row.isManager,
    sealedSeed: row.sealedSeed === null ? null : new Uint8Array(row.sealedSeed),
  };
}
