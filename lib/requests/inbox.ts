/** Requests as the staff see them, who made them or may read their replies. */
import 'server-only';
import { z } from 'zod';
import { encodeBase64url } from '@/lib/protocol/bytes';
import { sealRequestToken } from '@/lib/protocol/tokens';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytesColumn, findRow, findRows, isoTime } from '@/lib/server/sql';
import { accessOf, isManager, isReader, type Access } from './access';
import type { InboxState } from './outcomes';
import { ITEM_COLUMNS, itemRow } from '@/lib/sealed/item';
import { isRepeatableBy, viewOfReply } from './replies';
import { IS_OVER, REQUEST_COLUMNS, requestIdOfRow, requestRow, formatRowId } from './rows';

type InboxLook = Exclude<InboxState, { readonly status: 'refused' }>;

/** One request with its replies. Unknown to everybody but its creator and its readers. */
export async function showRequest(
  context: Context,
  accountId: string,
  request: string,
): Promise<InboxLook> {
  const access = accessOf({ accountId, request });
  return access === null ? { status: 'unknown' } : showAgain(context, access);
}

const inboxRow = requestRow.extend({
  isManager: z.boolean(),
  /** null for a creator who is no reader */
  sealedSeed: bytesColumn.nullable(),
  readerLostAt: z.string().nullable(),
});

const inboxReplyRow = itemRow.extend({ isRepeatable: z.boolean() });

/** The same, after something was done to it. */
export async function showAgain(
  context: Context,
  { accountId, requestId }: Access,
): Promise<InboxLook> {
  const { database, history } = context;
  await history.notice();
  const row = await findRow(
    database,
    inboxRow,
    Prisma.sql`
      SELECT ${REQUEST_COLUMNS}, ${isManager(accountId)} AS "isManager",
        (SELECT own.sealed_seed FROM request_readers own
          WHERE own.request_id = r.id AND own.account_id = ${accountId}::uuid) AS "sealedSeed",
        CASE WHEN ${isManager(accountId)} AND NOT ${IS_OVER}
          THEN ${isoTime(Prisma.sql`r.reader_lost_at`)} END AS "readerLostAt"
      FROM requests r
      WHERE r.id = ${requestId}::bigint AND (${isManager(accountId)} OR ${isReader(accountId)})`,
  );
  if (row === null) return { status: 'unknown' };
  const replies = await findRows(
    database,
    inboxReplyRow,
    Prisma.sql`
      SELECT ${ITEM_COLUMNS}, ${isRepeatableBy(accountId)} AS "isRepeatable"
      FROM sealed_items i
      WHERE i.request_id = ${requestId}::bigint ORDER BY i.created_at, i.id`,
  );
  const { epoch, publicKey, sealedSeed, ...request } = row;
  // Swept or not, what has ended has neither link nor key.
  const isOver = request.condition === 'ended';
  const text = (bytes: Uint8Array | null) =>
    isOver || bytes === null ? null : encodeBase64url(bytes);
  return {
    status: 'known',
    inbox: {
      ...request,
      replies: replies.map((reply) => ({
        id: formatRowId(reply.id),
        isRepeatable: reply.isRepeatable,
        ...viewOfReply(reply),
      })),
      link: isOver ? null : await linkOf(context, requestId, epoch),
      publicKey: text(publicKey),
      sealedSeed: text(sealedSeed),
    },
  };
}

/** The same link as when it was made: a token is a function of id and key. null without its key. */
async function linkOf(
  { keyring, appUrl }: Context,
  requestId: bigint,
  epochId: string,
): Promise<string | null> {
  const epoch = (await keyring.liveEpochs()).find(({ id }) => id === epochId);
  if (epoch === undefined) return null;
  return `${appUrl}/r/${sealRequestToken(epoch.keys.tokenKey, requestIdOfRow(requestId))}`;
}
