/** The dashboard, wired to this process's database and keyring. */
import 'server-only';
import type { DashboardDesk } from '@/lib/dashboard/ports';
import { prismaDashboardStore } from './dashboard-store/prisma-dashboard-store';
import { database } from './database';
import { historyGuard } from './history/process-history';
import { messageDesk } from './desk';

export function dashboardDesk(): DashboardDesk {
  const { store: messages, keyring } = messageDesk();
  return { store: prismaDashboardStore(database(), historyGuard()), messages, keyring };
}
