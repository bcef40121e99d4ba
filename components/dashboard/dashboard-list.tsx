import { SentRow } from '@/components/dashboard/sent-row';
import { WithTime } from '@/components/ui/time-stamp';
import type { AskedRequest, DashboardRow, DestroyState } from '@/lib/dashboard/outcomes';
import { dashboardPath, type DashboardFilter } from '@/lib/dashboard/query';
import { dashboard } from '@/messages/en/dashboard';
import { fill } from '@/messages/fill';

export interface DashboardListProps {
  readonly filter: DashboardFilter;
  readonly rows: readonly DashboardRow[];
  readonly destroySent: (previous: DestroyState, form: FormData) => Promise<DestroyState>;
}

/** What a member sent and asked for, or why there is nothing. */
export function DashboardList({ filter, rows, destroySent }: DashboardListProps) {
  if (rows.length === 0) return <Empty filter={filter} />;
  return (
    <ul aria-label={dashboard.list} className="border-t border-line">
      {rows.map((row) =>
        row.kind === 'secret' ? (
          <li key={row.statusToken} className="border-b border-line py-4">
            <SentRow secret={row} destroySent={destroySent} />
          </li>
        ) : (
          <li key={row.id} className="border-b border-line py-4">
            <AskedRow {...row} />
          </li>
        ),
      )}
    </ul>
  );
}

/** A request: what was asked, what came, and where to read it. */
function AskedRow(request: AskedRequest) {
  const words = dashboard.request;
  const { repliesAllowed, placesTaken, repliesWaiting, lastReplyAt } = request;
  const { repliesKeptClosed, repliesErased } = request;
  const hasNews = repliesWaiting > 0 || repliesKeptClosed > 0 || repliesErased > 0;
  return (
    <article className="grid gap-1">
      <p className="text-sm text-muted">{words.kind}</p>
      <h2 dir="auto" className="text-lg wrap-anywhere">
        <a href={`/requests/${request.id}`} className="inline-flex min-h-11 items-center">
          {request.question}
        </a>
      </h2>
      {/* What there is to do comes before what the request waits for. */}
      {repliesWaiting > 0 && (
        <p>{fill(words.toRead[request.readers], { count: repliesWaiting })}</p>
      )}
      {repliesKeptClosed > 0 && <p>{fill(words.keptClosed, { count: repliesKeptClosed })}</p>}
      {repliesErased > 0 && <p>{fill(words.erased, { count: repliesErased })}</p>}
      <p className={hasNews ? 'text-sm text-muted' : undefined}>
        {request.condition === 'open' && placesTaken > 0
          ? words.openForMore
          : words.states[request.condition]}
      </p>
      <ul className="flex flex-wrap gap-x-5 text-sm text-muted">
        <li>{fill(words.replies, { received: placesTaken, allowed: repliesAllowed })}</li>
        {lastReplyAt !== null && (
          <li>
            <WithTime sentence={words.lastReply} at={lastReplyAt} />
          </li>
        )}
        <li>
          <WithTime sentence={words.created} at={request.createdAt} />
        </li>
        {request.condition === 'open' && (
          <li>
            <WithTime sentence={words.expires} at={request.expiresAt} />
          </li>
        )}
        {!request.isMine && request.createdBy !== null && (
          <li>{fill(words.from, { name: request.createdBy })}</li>
        )}
      </ul>
    </article>
  );
}

/** A list with nothing in it: what to do first, or that the filter is why. */
function Empty({ filter }: { readonly filter: DashboardFilter }) {
  const isFiltered = filter.show !== 'all' || filter.kind !== 'all';
  const words = isFiltered ? dashboard.emptyFilter : dashboard.empty;
  return (
    <section aria-labelledby="empty-heading" className="grid gap-3">
      <h2 id="empty-heading" className="text-xl">
        {words.heading}
      </h2>
      <p>{words.text}</p>
      {isFiltered ? (
        <p>
          <a
            href={dashboardPath({ show: 'all', kind: 'all' })}
            className="inline-flex min-h-11 items-center"
          >
            {dashboard.emptyFilter.all}
          </a>
        </p>
      ) : (
        <div className="grid gap-3 text-muted">
          <p>{dashboard.empty.request}</p>
          <p>{dashboard.empty.newVault}</p>
        </div>
      )}
    </section>
  );
}
