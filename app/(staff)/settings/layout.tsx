import type { ReactNode } from 'react';
import { SettingsNavigation } from '@/components/settings/settings-navigation';
import { findStaff } from '@/lib/server/accounts/current-staff';

/** The way around the settings. No guard: each page asks for itself who is calling. */
export default async function SettingsLayout({ children }: { readonly children: ReactNode }) {
  const staff = await findStaff().catch(() => null);
  return (
    <div className="grid gap-8">
      {staff !== null && <SettingsNavigation role={staff.role} />}
      {children}
    </div>
  );
}
