'use client';

import { useEffect } from 'react';
import { rememberStaff } from '@/lib/browser/staff-hint';
import { lockIfOver } from '@/lib/browser/vault/lock-where-staff-was';

/**
 * On a page that only staff see: the next page that is printed for everybody leaves room for them,
 * and a vault whose time is over does not stay in this browser until somebody uses it.
 */
export function RememberStaff() {
  useEffect(() => {
    rememberStaff();
    lockIfOver().catch(() => undefined);
  }, []);
  return null;
}
