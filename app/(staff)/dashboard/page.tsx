import type { Metadata } from 'next';
import { destroySent } from '@/app/(staff)/dashboard/actions';
import { confirmMembersChecked } from '@/app/(staff)/settings/members/actions';
import { acknowledgeReset } from '@/app/(staff)/settings/security/actions';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { AccountsKeyNotice } from '@/components/dashboard/accounts-key-notice';
import { DashboardEmpty } from '@/components/dashboard/dashboard-empty';
import { DashboardFilters } from '@/components/dashboard/dashboard-filters';
import { DashboardList } from '@/components/dashboard/dashboard-list';
import { ResetNotice } from '@/components/dashboard/reset-notice';
import { RestoredAccountsNotice } from '@/components/dashboard/restored-accounts-notice';
import { RestoredNotice } from '@/components/dashboard/restored-notice';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { listDashboard } from '@/lib/dashboard/list-dashboard';
import { dashboardPath, readDashboardQuery } from '@/lib/dashboard/query';
import { unreadableFactors } from '@/lib/server/accounts/accounts-key-watch';
import { readForStaff } from '@/lib/server/accounts/staff-page';
import { dashboardDesk } from '@/lib/server/dashboard-desk';
import { countRefusedByHistory, readRestoredAccounts } from '@/lib/server/history/process-history';
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
    const [listed, refused, restored] = await Promise.all([
      listDashboard(dashboardDesk(), accountId, query),
      isOwner ? countRefusedByHistory() : 0,
      isOwner ? readRestoredAccounts() : null,
    ]);
    return { ...listed, refused, restored, unreadable: isOwner ? unreadableFactors() : 0 };
  });
  if ('refusal' in found) return <StaffPageRefused refusal={found.refusal} path={path} />;
  const { rows, next, refused, restored, unreadable } = found.value;
  return (
    <div className="grid gap-6">
      <PageHeading lead={dashboard.lead}>{dashboard.heading}</PageHeading>
      {found.staff.wasSecondFactorReset && <ResetNotice acknowledgeReset={acknowledgeReset} />}
      {unreadable > 0 && <AccountsKeyNotice count={unreadable} />}
      {restored !== null && (
        <RestoredAccountsNotice restored={restored} confirmMembersChecked={confirmMembersChecked} />
      )}
      {refused > 0 && <RestoredNotice count={refused} />}
      <div className="actions actions-even">
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
