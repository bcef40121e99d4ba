'use client';

import { useEffect } from 'react';
import { hasAnsweredToLeave } from '@/lib/browser/leave-page';

/** Asks before the page is left while `hasUnsaved` says that something would be lost. */
export function useLeaveGuard(hasUnsaved: () => boolean): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (!hasAnsweredToLeave() && hasUnsaved()) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [hasUnsaved]);
}
