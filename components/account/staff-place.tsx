'use client';

import { useEffect } from 'react';
import { StaffNavigation } from '@/components/account/staff-navigation';
import { useStanding } from '@/components/secret/standing';
import { forgetStaff, rememberStaff } from '@/lib/browser/staff-hint';

/**
 * The staff's navigation on a page that is printed for everybody. Where staff
 * were signed in lately its room is kept from the first paint (public/theme.js),
 * so that nothing moves when it comes.
 */
export function StaffPlace() {
  const standing = useStanding();
  const isStaff = standing === null ? null : standing.staff !== null;
  useEffect(() => {
    if (isStaff !== null) (isStaff ? rememberStaff : forgetStaff)();
  }, [isStaff]);
  return <div className="staff-place">{isStaff === true && <StaffNavigation />}</div>;
}
