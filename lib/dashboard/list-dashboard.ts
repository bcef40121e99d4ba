import { locateMessage } from '@/lib/messages/locate-message';
import { messageIdOfRow } from '@/lib/messages/message-id';
import type { Epoch } from '@/lib/messages/ports';
import { endingOf, isKeptClosed, isoTime } from '@/lib/messages/views';
import { sealStatusToken } from '@/lib/protocol/tokens';
import { readRowId } from '@/lib/requests/request-id';
import { summaryOf } from '@/lib/requests/views';
import type { DashboardPage, DashboardRow, SentSecret } from './outcomes';
import type { DashboardDesk, ListedMessage, ListQuery } from './ports';
import type { DashboardPosition, DashboardQuery } from './query';

/** Rows of one page. */
export const DASHBOARD_PAGE = 25;

interface Placed {
  readonly createdAtMs: number;
  readonly id: bigint;
  readonly row: DashboardRow;
}

/** What somebody sent and asked for, newest first, a page at a time. */
export async function listDashboard(
  desk: DashboardDesk,
  accountId: string,
  { show, kind, after }: DashboardQuery,
): Promise<DashboardPage> {
  const epochs = new Map((await desk.keyring.liveEpochs()).map((epoch) => [epoch.id, epoch]));
  // One more than fits tells whether there is a next page.
  const limit = DASHBOARD_PAGE + 1;
  const query = { accountId, show, limit, after: after && (await locate(desk, after)) };
  const [secrets, requests] = await Promise.all([
    kind === 'requests' ? [] : listSecrets(desk, query, epochs),
    kind === 'secrets' ? [] : listRequests(desk, query),
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

async function listSecrets(
  desk: DashboardDesk,
  query: ListQuery,
  epochs: ReadonlyMap<string, Epoch>,
): Promise<readonly Placed[]> {
  const listed = await desk.store.listMessages({ ...query, liveEpochs: [...epochs.keys()] });
  return listed.flatMap((message) => {
    const epoch = epochs.get(message.epoch);
    if (epoch === undefined) return [];
    const { id, record } = message;
    return [{ id, createdAtMs: record.createdAtMs, row: secretOf(message, epoch) }];
  });
}

async function listRequests(desk: DashboardDesk, query: ListQuery): Promise<readonly Placed[]> {
  const listed = await desk.store.listRequests(query);
  return listed.map((one) => ({
    id: one.request.id,
    createdAtMs: one.request.createdAtMs,
    row: { kind: 'request', ...summaryOf(one, query.accountId) },
  }));
}

function secretOf({ id, recipient, record }: ListedMessage, { keys }: Epoch): SentSecret {
  return {
    kind: 'secret',
    statusToken: sealStatusToken(keys.tokenKey, messageIdOfRow(id)),
    recipient,
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

function newestFirst(one: Placed, other: Placed): number {
  if (one.createdAtMs !== other.createdAtMs) return other.createdAtMs - one.createdAtMs;
  return one.id < other.id ? 1 : -1;
}

function handleOf(row: DashboardRow): string {
  return row.kind === 'secret' ? row.statusToken : row.id;
}

/** The row that a page ended with; null, the first page, for what is none. */
async function locate(
  { keyring }: DashboardDesk,
  { createdAtMs, handle }: DashboardPosition,
): Promise<ListQuery['after']> {
  const id =
    readRowId(handle) ?? (await locateMessage(keyring, handle, 'status'))?.address.id ?? null;
  return id === null ? null : { createdAtMs, id };
}
