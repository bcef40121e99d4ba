'use client';

import { useEffect } from 'react';
import { forgetStaff } from '@/lib/browser/staff-hint';
import { lockWhereStaffWas } from '@/lib/browser/vault/lock-where-staff-was';

/** On a page that found nobody signed in: the session ended, perhaps elsewhere, and the vault goes with it. */
export function ForgetVault() {
  useEffect(() => {
    lockWhereStaffWas().then(forgetStaff, () => undefined);
  }, []);
  return null;
}
