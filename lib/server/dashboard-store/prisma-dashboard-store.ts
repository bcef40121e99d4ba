/** The lists of one of the staff. Every statement names whose rows it reads. */
import 'server-only';
import type { DashboardStore, ListedMessage, ListQuery } from '@/lib/dashboard/ports';
import type { Shown } from '@/lib/dashboard/query';
import type { WhoReads } from '@/lib/requests/outcomes';
import type { ListedRequest } from '@/lib/requests/ports';
import { guarded } from '../database-errors';
import { isKeptClosed } from '../history/history-conditions';
import type { HistoryGuard } from '../history/history-guard';
import { RECORD_COLUMNS, WAITING, toRecord, type RecordRow } from '../message-store/row';
import { Prisma, type PrismaClient } from '../prisma-client/client';
import {
  LISTED_COLUMNS,
  PLACES_TAKEN,
  isReader,
  toListed,
  type ListedRow,
} from '../request-store/row';

export function prismaDashboardStore(client: PrismaClient, history: HistoryGuard): DashboardStore {
  return {
    listMessages: async (query) => {
      await history.notice();
      return listMessages(client, query);
    },
    listRequests: async (query) => {
      await history.notice();
      return listRequests(client, query);
    },
  };
}

interface MessageRow extends RecordRow {
  id: bigint;
  epoch: string;
  recipient: string;
}

async function listMessages(
  client: PrismaClient,
  query: Parameters<DashboardStore['listMessages']>[0],
): Promise<readonly ListedMessage[]> {
  const rows = await guarded(
    () => client.$queryRaw<MessageRow[]>`
      SELECT m.id AS "id", m.epoch AS "epoch", m.recipient AS "recipient", ${RECORD_COLUMNS}
      FROM messages m
      WHERE m.sender_id = ${query.accountId}::uuid
        AND m.epoch = ANY(${[...query.liveEpochs]}::text[])
        AND ${shown(query.show, WAITING)} AND ${olderThan(query.after, 'm')}
      ORDER BY m.created_at DESC, m.id DESC LIMIT ${query.limit}::int`,
  );
  return rows.map((row) => ({
    id: row.id,
    epoch: row.epoch,
    recipient: row.recipient,
    record: toRecord(row),
  }));
}

/** Something may still come, or somebody has still to read what came. */
const REQUEST_WAITING = Prisma.sql`r.state <> 'ENDED' AND r.keep_until > clock_timestamp() AND (
  (r.state = 'OPEN' AND r.expires_at > clock_timestamp() AND ${PLACES_TAKEN} < r.replies_allowed)
  OR EXISTS (SELECT 1 FROM replies p WHERE p.request_id = r.id AND p.state = 'SEALED'))`;

const KEPT_CLOSED = isKeptClosed(Prisma.sql`p.created_at`);

interface RequestListRow extends ListedRow {
  repliesWaiting: number;
  repliesKeptClosed: number;
  repliesErased: number;
  readers: WhoReads;
  lastReplyAtMs: bigint | null;
}

async function listRequests(
  client: PrismaClient,
  query: ListQuery,
): Promise<readonly ListedRequest[]> {
  const rows = await guarded(
    () => client.$queryRaw<RequestListRow[]>`
      SELECT ${LISTED_COLUMNS},
        replies.waiting AS "repliesWaiting",
        replies.kept_closed AS "repliesKeptClosed",
        replies.erased AS "repliesErased",
        CASE WHEN ${isReader(query.accountId)} THEN 'self'
          WHEN EXISTS (SELECT 1 FROM request_readers rr WHERE rr.request_id = r.id) THEN 'others'
          ELSE 'nobody' END AS "readers",
        replies.last_at_ms AS "lastReplyAtMs"
      FROM requests r CROSS JOIN LATERAL (
        SELECT
          count(*) FILTER (WHERE p.state = 'SEALED' AND NOT ${KEPT_CLOSED})::int AS waiting,
          count(*) FILTER (WHERE p.state = 'SEALED' AND ${KEPT_CLOSED})::int AS kept_closed,
          count(*) FILTER (WHERE p.destroyed_by = 'RESTORE')::int AS erased,
          (extract(epoch FROM max(p.created_at)) * 1000)::bigint AS last_at_ms
        FROM replies p WHERE p.request_id = r.id
      ) replies
      WHERE (r.created_by_id = ${query.accountId}::uuid OR ${isReader(query.accountId)})
        AND ${shown(query.show, REQUEST_WAITING)} AND ${olderThan(query.after, 'r')}
      ORDER BY r.created_at DESC, r.id DESC LIMIT ${query.limit}::int`,
  );
  return rows.map((row) => ({
    request: toListed(row),
    repliesWaiting: row.repliesWaiting,
    repliesKeptClosed: row.repliesKeptClosed,
    repliesErased: row.repliesErased,
    readers: row.readers,
    lastReplyAtMs: row.lastReplyAtMs === null ? null : Number(row.lastReplyAtMs),
  }));
}

function shown(show: Shown, waiting: Prisma.Sql): Prisma.Sql {
  if (show === 'all') return Prisma.sql`true`;
  return show === 'waiting' ? Prisma.sql`(${waiting})` : Prisma.sql`NOT (${waiting})`;
}

const CREATED = {
  m: Prisma.sql`(m.created_at, m.id)`,
  r: Prisma.sql`(r.created_at, r.id)`,
};

function olderThan(after: ListQuery['after'], table: keyof typeof CREATED): Prisma.Sql {
  return after === null
    ? Prisma.sql`true`
    : Prisma.sql`${CREATED[table]} < (
        to_timestamp(${BigInt(after.createdAtMs)}::bigint / 1000.0)::timestamptz(3),
        ${after.id}::bigint)`;
}
