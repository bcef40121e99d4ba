/** What the dashboard needs from the outside. Whose rows they are is a condition of each statement. */
import type { Keyring, MessageRecord, MessageStore } from '@/lib/messages/ports';
import type { ListedRequest } from '@/lib/requests/ports';
import type { Shown } from './query';

export interface ListedMessage {
  readonly id: bigint;
  readonly epoch: string;
  readonly recipient: string;
  readonly record: MessageRecord;
}

/** Which rows: somebody's own, older than a row if one is named, newest first. */
export interface ListQuery {
  readonly accountId: string;
  readonly show: Shown;
  readonly after: { readonly createdAtMs: number; readonly id: bigint } | null;
  readonly limit: number;
}

export interface DashboardStore {
  /** What somebody sent whose keys still live: the rest can't even be looked at. */
  listMessages(
    query: ListQuery & { readonly liveEpochs: readonly string[] },
  ): Promise<readonly ListedMessage[]>;

  /** What somebody asked for or may read. */
  listRequests(query: ListQuery): Promise<readonly ListedRequest[]>;
}

export interface DashboardDesk {
  readonly store: DashboardStore;
  readonly messages: Pick<MessageStore, 'destroy'>;
  readonly keyring: Keyring;
}
