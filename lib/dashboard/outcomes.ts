/** What the dashboard shows. Times are ISO 8601 in UTC. Links are not stored, so none is here. */
import type { Ending, Seal } from '@/lib/sealed/outcomes';
import type { RefusalCode } from '@/lib/refusal-code';
import type { RequestSummary } from '@/lib/requests/outcomes';
import type { DashboardPosition } from './query';

export interface SentSecret {
  readonly kind: 'secret';
  /** Of its status page. */
  readonly statusToken: string;
  readonly recipient: string;
  readonly note: string;
  readonly seal: Seal;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly hasPassphrase: boolean;
  readonly wrongPassphrases: number;
  readonly notifyWhenOpened: boolean;
  /** null while it waits to be opened */
  readonly ending: Ending | null;
  /** It waits and does not open: the database was restored, and its owner has not decided yet. */
  readonly isKeptClosed: boolean;
}

export interface AskedRequest extends RequestSummary {
  readonly kind: 'request';
}

export type DashboardRow = SentSecret | AskedRequest;

export interface DashboardPage {
  readonly rows: readonly DashboardRow[];
  /** Where the next page begins; null on the last one. */
  readonly next: DashboardPosition | null;
}

/** What came of destroying a secret from the list. */
export type DestroyResult =
  | { readonly status: 'ended'; readonly ending: Ending }
  | { readonly status: 'unknown' }
  | { readonly status: 'refused'; readonly refusal: RefusalCode };

export type DestroyState = { readonly status: 'idle' } | DestroyResult;
