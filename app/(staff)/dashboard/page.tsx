import type { Metadata } from 'next';
import { PageHeading } from '@/components/ui/page-heading';
import { requireStaff } from '@/lib/server/accounts/current-staff';
import { account } from '@/messages/en/account';

export const metadata: Metadata = { title: account.navigation.dashboard };

export default async function DashboardPage() {
  const staff = await requireStaff('/dashboard');
  return <PageHeading lead={staff.email}>{account.navigation.dashboard}</PageHeading>;
}
