import type { ReactNode } from 'react';
import { RememberStaff } from '@/components/account/remember-staff';
import { StaffNavigation } from '@/components/account/staff-navigation';

/** The pages of staff. No guard: each page asks for itself who is calling. */
export default function StaffLayout({ children }: { readonly children: ReactNode }) {
  return (
    <div className="grid gap-8">
      <RememberStaff />
      <StaffNavigation />
      {children}
    </div>
  );
}
