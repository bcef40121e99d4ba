'use client';

import { useLayoutEffect } from 'react';
import { hasAnsweredToLeave } from '@/lib/browser/leave-page';

/** Asks before the page is left while `hasUnsaved` says that something would be lost. */
export function useLeaveGuard(hasUnsaved: () => boolean): void {
  // With what is to be guarded, not after it was painted: it may be left at once.
  useLayoutEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (!hasAnsweredToLeave() && hasUnsaved()) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [hasUnsaved]);
}
