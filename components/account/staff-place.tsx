'use client';

import { useEffect } from 'react';
import { StaffNavigation } from '@/components/account/staff-navigation';
import { useStanding } from '@/components/secret/standing';
import { forgetStaff, rememberStaff } from '@/lib/browser/staff-hint';
import { lockIfOver, lockWhereStaffWas } from '@/lib/browser/vault/lock-where-staff-was';

/**
 * The staff's navigation on a page that is printed for everybody. Where staff
 * were signed in lately its room is kept from the first paint (public/theme.js),
 * so that nothing moves when it comes.
 */
export function StaffPlace() {
  const standing = useStanding();
  const isStaff = standing === null ? null : standing.staff !== null;
  useEffect(() => {
    if (isStaff === null) return;
    // What could not be had or done now is on the next page.
    const locked = isStaff ? lockIfOver() : lockWhereStaffWas().then(forgetStaff);
    if (isStaff) rememberStaff();
    locked.catch(() => undefined);
  }, [isStaff]);
  return <div className="staff-place">{isStaff === true && <StaffNavigation />}</div>;
}
