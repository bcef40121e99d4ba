import type { Metadata } from 'next';
import { destroySent } from '@/app/(staff)/dashboard/actions';
import { DashboardEmpty } from '@/components/dashboard/dashboard-empty';
import { DashboardFilters } from '@/components/dashboard/dashboard-filters';
import { DashboardList } from '@/components/dashboard/dashboard-list';
import { CalmPage } from '@/components/site/calm-page';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { dashboardPath, readDashboardQuery } from '@/lib/dashboard/query';
import { requireStaff } from '@/lib/server/accounts/current-staff';
import { lookAtDashboard } from '@/lib/server/dashboard-desk';
import { dashboard } from '@/messages/en/dashboard';
import { refusals } from '@/messages/en/errors';

export const metadata: Metadata = { title: dashboard.title };

interface DashboardPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function DashboardPage({ searchParams }: DashboardPageProps) {
  const query = readDashboardQuery(await searchParams);
  const { accountId } = await requireStaff(dashboardPath(query, query.after));
  const found = await lookAtDashboard(accountId, query);
  if ('refusal' in found) {
    const retry = (
      <LinkButton href={dashboardPath(query)}>{dashboard.unavailable.retry}</LinkButton>
    );
    return (
      <CalmPage heading={dashboard.unavailable.heading} actions={retry}>
        <p>{refusals[found.refusal]}</p>
      </CalmPage>
    );
  }
  const { rows, next } = found.value;
  return (
    <div className="grid gap-6">
      <PageHeading lead={dashboard.lead}>{dashboard.heading}</PageHeading>
      <div className="actions">
        <LinkButton href="/" variant="primary">
          {dashboard.newSecret}
        </LinkButton>
        <LinkButton href="/requests/new">{dashboard.newRequest}</LinkButton>
      </div>
      <DashboardFilters filter={query} />
      {rows.length === 0 ? (
        <DashboardEmpty filter={query} />
      ) : (
        <DashboardList rows={rows} destroySent={destroySent} />
      )}
      <nav aria-label={dashboard.list} className="actions">
        {query.after !== null && (
          <LinkButton href={dashboardPath(query)}>{dashboard.newest}</LinkButton>
        )}
        {next !== null && (
          <LinkButton href={dashboardPath(query, next)}>{dashboard.older}</LinkButton>
        )}
      </nav>
    </div>
  );
}
