/** The dashboard, wired to this process's database and keyring. */
import 'server-only';
import { listDashboard } from '@/lib/dashboard/list-dashboard';
import type { DashboardPage } from '@/lib/dashboard/outcomes';
import type { DashboardDesk } from '@/lib/dashboard/ports';
import type { DashboardQuery } from '@/lib/dashboard/query';
import { prismaDashboardStore } from './dashboard-store/prisma-dashboard-store';
import { database } from './database';
import { messageDesk } from './desk';
import { readForPage, type PageReading } from './read-for-page';

let shared: DashboardDesk | undefined;

export function dashboardDesk(): DashboardDesk {
  const { store: messages, keyring } = messageDesk();
  shared ??= { store: prismaDashboardStore(database()), messages, keyring };
  return shared;
}

export function lookAtDashboard(
  accountId: string,
  query: DashboardQuery,
): Promise<PageReading<DashboardPage>> {
  return readForPage('dashboard', () => listDashboard(dashboardDesk(), accountId, query), 'staff');
}
