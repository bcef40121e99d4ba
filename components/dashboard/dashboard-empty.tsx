import { dashboardPath, type DashboardFilter } from '@/lib/dashboard/query';
import { dashboard } from '@/messages/en/dashboard';

/** A list with nothing in it: what to do first, or that the filter is why. */
export function DashboardEmpty({ filter }: { readonly filter: DashboardFilter }) {
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
