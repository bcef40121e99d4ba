'use client';

import { useEffect } from 'react';
import { forgetStaff, rememberStaff } from '@/lib/browser/staff-hint';
import { lockIfOver, lockWhereStaffWas } from '@/lib/browser/vault/lock-where-staff-was';

/**
 * On a page that found staff signed in: a page that finds none later knows that there may be a vault
 * to lock, and one whose time is over does not stay in this browser until it is used again.
 */
export function RememberStaff() {
  useEffect(() => {
    rememberStaff();
    lockIfOver().catch(() => undefined);
  }, []);
  return null;
}

/** On a page that found nobody signed in: the session ended, perhaps elsewhere, and the vault goes with it. */
export function ForgetStaff() {
  useEffect(() => {
    lockWhereStaffWas().then(forgetStaff, () => undefined);
  }, []);
  return null;
}
