/** The lists of one of the staff: what they sent and asked for, or may read. Every statement names whose rows it reads. */
import 'server-only';
import { z } from 'zod';
import { sealStatusToken } from '@/lib/protocol/tokens';
import { isReader } from '@/lib/requests/access';
import { HAS_READER } from '@/lib/requests/ending';
import { CONDITION, IS_OVER, LISTED_COLUMNS, listedRow, readRowId } from '@/lib/requests/rows';
import {
  MADE_BEFORE_RESTORE,
  ITEM_COLUMNS,
  itemRow,
  WAITING,
  type ItemRecord,
} from '@/lib/sealed/item';
import { locateMessage, messageIdOfRow } from '@/lib/sealed/locate';
import { endingOf, isKeptClosed, isoTime } from '@/lib/sealed/views';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { findRows, instant, isoTime as isoTimeOf } from '@/lib/server/sql';
import type { AskedRequest, DashboardPage, DashboardRow, SentSecret } from './outcomes';
import type { DashboardPosition, DashboardQuery, Shown } from './query';

/** Rows of one page. */
export const DASHBOARD_PAGE = 25;
/** One more than fits tells whether there is a next page. */
const LIMIT = DASHBOARD_PAGE + 1;

/** A row of the list, and what it is sorted by. */
interface Placed {
  readonly id: bigint;
  readonly createdAtMs: number;
  readonly row: DashboardRow;
}

/** Which rows: those of an account, older than a row if one is named, newest first. */
interface ListQuery {
  readonly accountId: string;
  readonly show: Shown;
  readonly after: Pick<Placed, 'id' | 'createdAtMs'> | null;
}

/** What an account sent and asked for, newest first, a page at a time. */
export async function listDashboard(
  context: Context,
  accountId: string,
  { show, kind, after }: DashboardQuery,
): Promise<DashboardPage> {
  const query = { accountId, show, after: after && (await locate(context, after)) };
  await context.history.notice();
  const [secrets, requests] = await Promise.all([
    kind === 'requests' ? [] : listSecrets(context, query),
    kind === 'secrets' ? [] : listRequests(context, query),
  ]);
  const found = [...secrets, ...requests].sort(newestFirst);
  const shown = found.slice(0, DASHBOARD_PAGE);
  const last = shown.at(-1);
  const hasMore = found.length > shown.length && last !== undefined;
  return {
    rows: shown.map(({ row }) => row),
    next: hasMore ? { createdAtMs: last.createdAtMs, handle: handleOf(last.row) } : null,
  };
}

function newestFirst(one: Placed, other: Placed): number {
  if (one.createdAtMs !== other.createdAtMs) return other.createdAtMs - one.createdAtMs;
  return one.id < other.id ? 1 : -1;
}

function handleOf(row: DashboardRow): string {
  return row.kind === 'secret' ? row.statusToken : row.id;
}

/** The row that a page ended with; null, the first page, for what is none. */
async function locate(
  { keyring }: Context,
  { createdAtMs, handle }: DashboardPosition,
): Promise<ListQuery['after']> {
  const id =
    readRowId(handle) ?? (await locateMessage(keyring, handle, 'status'))?.address.id ?? null;
  return id === null ? null : { createdAtMs, id };
}

const secretRow = itemRow.extend({ recipient: z.string() });

/** What was sent whose keys still live: the rest can't even be looked at. */
async function listSecrets(
  { database, keyring }: Context,
  { accountId, show, after }: ListQuery,
): Promise<readonly Placed[]> {
  const epochs = new Map((await keyring.liveEpochs()).map((epoch) => [epoch.id, epoch]));
  const rows = await findRows(
    database,
    secretRow,
    Prisma.sql`
      SELECT i.recipient AS "recipient", ${ITEM_COLUMNS} FROM sealed_items i
      WHERE i.sender_id = ${accountId}::uuid AND i.epoch = ANY(${[...epochs.keys()]}::text[])
        AND ${shown(show, WAITING)} AND ${olderThan(after, Prisma.sql`(i.created_at, i.id)`)}
      ORDER BY i.created_at DESC, i.id DESC LIMIT ${LIMIT}::int`,
  );
  return rows.flatMap(({ recipient, ...record }) => {
    const { id, epoch, createdAtMs } = record;
    const keys = epochs.get(epoch)?.keys;
    if (keys === undefined) return [];
    const statusToken = sealStatusToken(keys.tokenKey, messageIdOfRow(id));
    return [{ id, createdAtMs, row: secretOf(record, { statusToken, recipient }) }];
  });
}

function secretOf(
  record: ItemRecord,
  of: Pick<SentSecret, 'statusToken' | 'recipient'>,
): SentSecret {
  return {
    kind: 'secret',
    ...of,
    note: record.note,
    seal: record.seal,
    createdAt: isoTime(record.createdAtMs),
    expiresAt: isoTime(record.expiresAtMs),
    hasPassphrase: record.hasPassphrase,
    wrongPassphrases: record.wrongPassphrases,
    notifyWhenOpened: record.notifyWhenOpened,
    ending: endingOf(record),
    isKeptClosed: isKeptClosed(record),
  };
}

/** A reply may still come, or has still to be read. */
const REQUEST_WAITING = Prisma.sql`NOT ${IS_OVER} AND (${CONDITION} = 'open'
  OR EXISTS (SELECT 1 FROM sealed_items i WHERE i.request_id = r.id AND i.state = 'SEALED'))`;

const askedRow = listedRow.extend({
  rowId: z.bigint(),
  isMine: z.boolean(),
  repliesWaiting: z.int(),
  repliesKeptClosed: z.int(),
  repliesErased: z.int(),
  readers: z.enum(['self', 'others', 'nobody']),
  lastReplyAt: z.string().nullable(),
});

/** What was asked for or may be read. */
async function listRequests(
  { database }: Context,
  { accountId, show, after }: ListQuery,
): Promise<readonly Placed[]> {
  const rows = await findRows(
    database,
    askedRow,
    Prisma.sql`
      SELECT r.id AS "rowId", ${LISTED_COLUMNS},
        coalesce(r.created_by_id = ${accountId}::uuid, false) AS "isMine",
        CASE WHEN ${IS_OVER} THEN 0 ELSE replies.waiting END AS "repliesWaiting",
        -- Once the request's time is over they have ended, swept or not.
        CASE WHEN ${IS_OVER} THEN 0 ELSE replies.kept_closed END AS "repliesKeptClosed",
        replies.erased + CASE WHEN ${IS_OVER} THEN replies.kept_closed ELSE 0 END
          AS "repliesErased",
        CASE WHEN ${isReader(accountId)} THEN 'self'
          WHEN ${HAS_READER} THEN 'others'
          ELSE 'nobody' END AS "readers",
        ${isoTimeOf(Prisma.sql`replies.last_at`)} AS "lastReplyAt"
      FROM requests r CROSS JOIN LATERAL (
        SELECT
          count(*) FILTER (WHERE i.state = 'SEALED' AND NOT ${MADE_BEFORE_RESTORE})::int AS waiting,
          count(*) FILTER (WHERE i.state = 'SEALED' AND ${MADE_BEFORE_RESTORE})::int AS kept_closed,
          count(*) FILTER (WHERE i.burned_by = 'RESTORE')::int AS erased,
          max(i.created_at) AS last_at
        FROM sealed_items i WHERE i.request_id = r.id
      ) replies
      WHERE (r.created_by_id = ${accountId}::uuid OR ${isReader(accountId)})
        AND ${shown(show, REQUEST_WAITING)} AND ${olderThan(after, Prisma.sql`(r.created_at, r.id)`)}
      ORDER BY r.created_at DESC, r.id DESC LIMIT ${LIMIT}::int`,
  );
  return rows.map(({ rowId, ...asked }) => {
    const row: AskedRequest = { kind: 'request', ...asked };
    return { id: rowId, createdAtMs: Date.parse(asked.createdAt), row };
  });
}

function shown(show: Shown, waiting: Prisma.Sql): Prisma.Sql {
  if (show === 'all') return Prisma.sql`true`;
  return show === 'waiting' ? Prisma.sql`(${waiting})` : Prisma.sql`NOT (${waiting})`;
}

function olderThan(after: ListQuery['after'], created: Prisma.Sql): Prisma.Sql {
  if (after === null) return Prisma.sql`true`;
  const { createdAtMs, id } = after;
  return Prisma.sql`${created} < (${instant(createdAtMs)}::timestamptz(3), ${id}::bigint)`;
}
