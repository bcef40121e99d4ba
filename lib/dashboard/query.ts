/**
 * What part of the list is asked for, out of the address of the page. Whatever
 * stands there becomes one of these values or is left out: never an object.
 */

export const SHOWN = ['all', 'waiting', 'ended'] as const;
export type Shown = (typeof SHOWN)[number];

export const KINDS = ['all', 'secrets', 'requests'] as const;
export type Kind = (typeof KINDS)[number];

export interface DashboardFilter {
  readonly show: Shown;
  readonly kind: Kind;
}

export interface DashboardQuery extends DashboardFilter {
  /** Where the page before ended; null for the first one. */
  readonly after: DashboardPosition | null;
}

/** The last row of a page: when it was made, and its handle. */
export interface DashboardPosition {
  /** milliseconds since 1970 */
  readonly createdAtMs: number;
  /** A status token, or a request's 16 hex digits. */
  readonly handle: string;
}

type Given = Readonly<Record<string, string | readonly string[] | undefined>>;

export function readDashboardQuery(given: Given): DashboardQuery {
  return {
    show: SHOWN.find((value) => value === given['show']) ?? 'all',
    kind: KINDS.find((value) => value === given['kind']) ?? 'all',
    after: readPosition(given['after']),
  };
}

const POSITION = /^(\d{1,15})-([\w-]{16,40})$/;

function readPosition(text: Given[string]): DashboardPosition | null {
  const [, createdAt, handle] = (typeof text === 'string' ? POSITION.exec(text) : null) ?? [];
  return createdAt === undefined || handle === undefined
    ? null
    : { createdAtMs: Number(createdAt), handle };
}

/** The path of a page of the list; what is not said is the default. */
export function dashboardPath(
  { show, kind }: DashboardFilter,
  after: DashboardPosition | null = null,
): string {
  const query = new URLSearchParams();
  if (show !== 'all') query.set('show', show);
  if (kind !== 'all') query.set('kind', kind);
  if (after !== null) query.set('after', `${String(after.createdAtMs)}-${after.handle}`);
  return query.size === 0 ? '/dashboard' : `/dashboard?${query.toString()}`;
}
