import type { Metadata } from 'next';
import { destroySent } from '@/app/(staff)/dashboard/actions';
import { confirmMembersChecked } from '@/app/(staff)/settings/members/actions';
import { acknowledgeReset } from '@/app/(staff)/settings/security/actions';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { DashboardFilters } from '@/components/dashboard/dashboard-filters';
import { DashboardList } from '@/components/dashboard/dashboard-list';
import { DashboardNotices } from '@/components/dashboard/dashboard-notices';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/surface';
import { findRestoredAccounts } from '@/lib/accounts/restored';
import { listDashboard } from '@/lib/dashboard/list-dashboard';
import { dashboardPath, readDashboardQuery } from '@/lib/dashboard/query';
import { unreadableFactors } from '@/lib/server/accounts/accounts-key-watch';
import { readForStaff } from '@/lib/server/accounts/staff-page';
import { processContext } from '@/lib/server/context';
import { database } from '@/lib/server/database';
import { countKeptClosed } from '@/lib/server/history/process-history';
import { dashboard } from '@/messages/en/dashboard';

export const metadata: Metadata = { title: dashboard.title };

interface DashboardPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function DashboardPage({ searchParams }: DashboardPageProps) {
  const query = readDashboardQuery(await searchParams);
  const path = dashboardPath(query, query.after);
  const found = await readForStaff(path, 'member', async ({ accountId, role }) => {
    const isOwner = role === 'OWNER';
    const [listed, keptClosedCount, restored] = await Promise.all([
      listDashboard(processContext(), accountId, query),
      isOwner ? countKeptClosed() : 0,
      isOwner ? findRestoredAccounts(database()) : null,
    ]);
    return { ...listed, keptClosedCount, restored, unreadable: isOwner ? unreadableFactors() : 0 };
  });
  if ('refusal' in found) return <StaffPageRefused refusal={found.refusal} path={path} />;
  const { rows, next, ...notices } = found.value;
  return (
    <div className="grid gap-6">
      <PageHeading lead={dashboard.lead}>{dashboard.heading}</PageHeading>
      <DashboardNotices
        {...notices}
        wasSecondFactorReset={found.staff.wasSecondFactorReset}
        acknowledgeReset={acknowledgeReset}
        confirmMembersChecked={confirmMembersChecked}
      />
      <div className="actions actions-even">
        <LinkButton href="/" variant="primary">
          {dashboard.newSecret}
        </LinkButton>
        <LinkButton href="/requests/new">{dashboard.newRequest}</LinkButton>
      </div>
      <DashboardFilters filter={query} />
      <DashboardList filter={query} rows={rows} destroySent={destroySent} />
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
