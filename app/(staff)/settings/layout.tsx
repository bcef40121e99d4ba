import type { ReactNode } from 'react';
import { SettingsNavigation } from '@/components/account/staff-navigation';
import { Notice } from '@/components/ui/notice';
import { findStaff } from '@/lib/server/accounts/current-staff';
import { isReadableOnTheWay, settings } from '@/lib/server/settings';
import { settings as words } from '@/messages/en/settings';

/** The way around the settings. No guard: each page asks for itself who is calling. */
export default async function SettingsLayout({ children }: { readonly children: ReactNode }) {
  const staff = await findStaff().catch(() => null);
  return (
    <div className="grid gap-8">
      {staff !== null && <SettingsNavigation role={staff.role} />}
      {staff !== null && isReadableOnTheWay(settings().appUrl) && (
        <Notice tone="warning" heading={words.plainAddress.heading}>
          <p>{words.plainAddress.text}</p>
        </Notice>
      )}
      {children}
    </div>
  );
}
