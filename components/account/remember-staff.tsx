'use client';

import { useEffect } from 'react';
import { rememberStaff } from '@/lib/browser/staff-hint';

/** On a page that only staff see: the next page that is printed for everybody leaves room for them. */
export function RememberStaff() {
  useEffect(rememberStaff, []);
  return null;
}
